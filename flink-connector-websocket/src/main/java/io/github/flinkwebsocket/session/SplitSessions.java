package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.Redaction;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps one split connected: one session after another, each on a new connection, with a wait in
 * between. Its state belongs to the control thread; late callbacks of an old session are known by
 * its identity and ignored.
 */
@Internal
public final class SplitSessions implements Session.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(SplitSessions.class);
    private static final int GOING_AWAY = 1001;
    private static final int NORMAL = 1000;

    private final Feed feed;
    private final Endpoint endpoint;
    private final String name;
    private final Scheduler scheduler;
    private final SplitInbox inbox;
    private final Supplier<String> position;
    private final SessionStatus status = new SessionStatus();
    private final Backoff backoff;
    private final RetryRule retryRule;
    private final Route route;
    private final ConnectLimiter limiter;
    private final SplitClock clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Control thread only, but current is read by I/O threads.
    @Nullable private volatile Session current;
    private long connectionNumber;
    private boolean done;

    private volatile boolean aborted;

    /**
     * @param position gives the position of the last emitted message, or null; any thread
     */
    public SplitSessions(
            Feed feed,
            Endpoint endpoint,
            Scheduler scheduler,
            ConnectLimiter limiter,
            SplitInbox inbox,
            Supplier<String> position) {
        this.feed = feed;
        this.endpoint = endpoint;
        this.name = feed.nameOfSplit(endpoint.id());
        this.scheduler = scheduler;
        this.inbox = inbox;
        this.position = position;
        this.limiter = limiter;
        this.retryRule = new RetryRule(feed.retry());
        this.route = new Route(feed, endpoint);
        this.clock = new SplitClock(feed.bounds(), scheduler, this::finish);
        this.backoff =
                new Backoff(
                        feed.reconnect(), limit -> ThreadLocalRandom.current().nextLong(limit + 1));
    }

    /**
     * Starts to connect, and the clocks of {@code bounded.duration} and {@code bounded.idle-time}.
     * Any thread.
     *
     * @param startTime when the split was first started, in epoch milliseconds
     */
    public void start(long startTime) {
        scheduler.execute(
                () -> {
                    clock.start(startTime);
                    awaitPosition();
                });
    }

    /** Ends because all has been read. Any thread; does not block. */
    public void finish() {
        scheduler.execute(() -> leave(NORMAL, "finished"));
    }

    /** Ends: closes the connection and connects no more. Any thread; does not block. */
    public void close() {
        scheduler.execute(() -> leave(GOING_AWAY, "the reader has closed"));
    }

    /** Ends the connection, and one that is just beginning, by force. Any thread; no blocking. */
    public void abort() {
        aborted = true;
        Session session = current;
        if (session != null) {
            session.abort("the reader has closed");
        }
    }

    /** Waits until the connection has ended for good; false if it has not. Any other thread. */
    public boolean awaitClosed(long nanos) throws InterruptedException {
        return closed.await(nanos, TimeUnit.NANOSECONDS);
    }

    public SessionStatus status() {
        return status;
    }

    // ----------------------------------------------------------------- control thread

    /** The position is that of the last emitted message, so what waits must be emitted first. */
    private void awaitPosition() {
        if (feed.usesPosition()) {
            inbox.whenDrained(() -> scheduler.execute(this::awaitPlace));
        } else {
            awaitPlace();
        }
    }

    private void awaitPlace() {
        if (done) {
            return;
        }
        String from = position.get();
        UpgradeRequest request = route.next(from);
        long wait = limiter.reserve(request.uri().getHost(), scheduler.monotonicMillis());
        if (wait == 0) {
            connect(request, from);
        } else {
            LOG.info("{}: waits {} ms for its place ('connect-rate.max').", name, wait);
            scheduler.schedule(wait, () -> connect(request, from));
        }
    }

    private void connect(UpgradeRequest request, @Nullable String from) {
        if (done) {
            return;
        }
        status.connecting();
        connectionNumber++;
        Session session =
                new Session(
                        scheduler,
                        feed.connection(),
                        ConnectionInfo.of(
                                feed.id(),
                                id(),
                                connectionNumber,
                                Redaction.url(request.uri().toString()),
                                request.uri().getHost()),
                        request,
                        feed.openMessages(from),
                        this);
        LOG.debug("{}: connection {} to {} begins.", name, connectionNumber, endpoint);
        current = session;
        session.start();
        if (aborted) {
            abort();
        }
    }

    @Override
    public void onOpen(Session session) {
        if (session != current || done) {
            return;
        }
        route.opened();
        status.opened();
        LOG.info(
                "{}: connection {} to {} is open{}.",
                name,
                connectionNumber,
                endpoint,
                session.subprotocol() == null ? "" : ", with subprotocol " + session.subprotocol());
    }

    /** I/O thread. */
    @Override
    public void onMessages(Session session, MessageBatch batch) throws InterruptedException {
        if (session != current) {
            return;
        }
        status.messageAt(batch.receiveTime());
        clock.handOver();
        try {
            inbox.put(batch);
        } finally {
            clock.handedOver();
        }
    }

    @Override
    public void onEnd(Session session, Termination termination) {
        if (session != current) {
            return;
        }
        current = null;
        status.closed(termination.code());
        if (done) {
            LOG.info("{}: connection {} has ended.", name, connectionNumber);
            closed.countDown();
            return;
        }
        if (session.receivedAny()) {
            backoff.reset();
        } else {
            backoff.failed();
        }
        if (termination.isRemote() && feed.bounds().closeCodes().contains(termination.code())) {
            finish(termination.reason());
        } else if (!session.receivedAny() && route.hasAnotherWay(termination)) {
            retry(termination, 0);
        } else if (retryRule.isFatal(termination)) {
            fail("can't be mended by another attempt", termination);
        } else if (backoff.isExhausted()) {
            fail(
                    "was the last of "
                            + backoff.failures()
                            + " in a row without a message ('reconnect.max-attempts')",
                    termination);
        } else {
            route.startOver();
            boolean atOnce = session.receivedAny() && retryRule.isAtOnce(termination);
            long asked = RetryRule.retryAfter(termination, scheduler.epochMillis());
            retry(termination, atOnce ? 0 : Math.max(backoff.next(), asked));
        }
    }

    private void retry(Termination termination, long wait) {
        status.state(SessionStatus.State.WAITING);
        LOG.info(
                "{}: connection {} to {} has ended: {}. Attempt {} in {} ms.",
                name,
                connectionNumber,
                endpoint,
                termination.reason(),
                connectionNumber + 1,
                wait);
        scheduler.schedule(wait, this::awaitPosition);
    }

    private void fail(String why, Termination termination) {
        done = true;
        closed.countDown();
        status.state(SessionStatus.State.CLOSED);
        inbox.end(
                new FlinkException(
                        String.format(
                                "%s: connection %d to %s %s: %s",
                                name, connectionNumber, endpoint, why, termination.reason()),
                        termination.cause()));
    }

    private void finish(String why) {
        if (done) {
            return;
        }
        LOG.info("{} is finished: {}.", name, why);
        inbox.end(null);
        leave(NORMAL, "finished");
    }

    private void leave(int code, String reason) {
        if (done) {
            // The connection has ended, or its close frame is on the way.
            return;
        }
        done = true;
        status.state(SessionStatus.State.CLOSED);
        Session session = current;
        if (session == null) {
            closed.countDown();
        } else {
            session.close(code, reason);
        }
    }

    private String id() {
        return endpoint.id();
    }
}

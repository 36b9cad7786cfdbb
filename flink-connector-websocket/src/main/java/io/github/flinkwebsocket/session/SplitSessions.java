package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkException;

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

    private static final int GOING_AWAY = 1001;
    private static final int NORMAL = 1000;

    private final Feed feed;
    private final Endpoint endpoint;
    private final SplitLog log;
    private final Scheduler scheduler;
    private final SplitInbox inbox;
    private final Supplier<String> position;
    private final SessionStatus status;
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

    /** Whether messages have been missed, unless there is a position to continue from. */
    private boolean missing;

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
        this.log = new SplitLog(feed.nameOfSplit(endpoint.id()));
        this.status = new SessionStatus(scheduler::monotonicMillis);
        this.scheduler = scheduler;
        this.inbox = inbox;
        this.position = position;
        this.limiter = limiter;
        this.retryRule = new RetryRule(feed.retry());
        this.route = new Route(feed, endpoint, log);
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
     * @param resumed whether messages of the split were emitted before a restart
     */
    public void start(long startTime, boolean resumed) {
        scheduler.execute(
                () -> {
                    missing = resumed;
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
        if (missing && (from == null || !feed.usesPosition())) {
            status.gap();
        }
        missing = false;
        UpgradeRequest request = route.next(from);
        long wait = limiter.reserve(request.uri().getHost(), scheduler.monotonicMillis());
        if (wait == 0) {
            connect(request, from);
        } else {
            log.waitsForPlace(wait);
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
                                request.shownUrl(),
                                request.uri().getHost()),
                        request,
                        feed.openMessages(from),
                        this);
        log.begins(connectionNumber, request.shownUrl());
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
        log.isOpen(session.subprotocol());
    }

    /** I/O thread. */
    @Override
    public void onMessages(Session session, MessageBatch batch) throws InterruptedException {
        if (session != current) {
            return;
        }
        status.received(batch);
        clock.handOver();
        try {
            inbox.put(batch);
        } finally {
            clock.handedOver();
        }
    }

    /** I/O thread. */
    @Override
    public void onFramesWithoutData(Session session, int count) {
        if (session == current) {
            status.framesWithoutData(count);
        }
    }

    @Override
    public void onEnd(Session session, Termination termination) {
        if (session != current) {
            return;
        }
        current = null;
        boolean wasOpen = status.state() == SessionStatus.State.OPEN;
        missing |= session.receivedAny() || (wasOpen && !feed.usesPosition());
        status.ended(termination);
        if (done) {
            log.isClosed();
            closed.countDown();
            return;
        }
        if (session.receivedAny()) {
            backoff.reset();
        } else {
            backoff.failed();
        }
        if (termination.isRemote() && feed.bounds().closeCodes().contains(termination.code())) {
            log.isFinished(termination);
            inbox.end(null);
            leave(NORMAL, "finished");
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
        status.waiting();
        log.hasEnded(termination, wait);
        scheduler.schedule(wait, this::awaitPosition);
    }

    private void fail(String why, Termination termination) {
        done = true;
        closed.countDown();
        status.closed();
        inbox.end(new FlinkException(log.hasFailed(why, termination), termination.cause()));
    }

    private void finish(String why) {
        if (done) {
            return;
        }
        log.isFinished(why);
        inbox.end(null);
        leave(NORMAL, "finished");
    }

    private void leave(int code, String reason) {
        if (done) {
            // The connection has ended, or its close frame is on the way.
            return;
        }
        done = true;
        status.closed();
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

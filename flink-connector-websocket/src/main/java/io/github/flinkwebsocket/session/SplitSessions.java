package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
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
    private final Scheduler scheduler;
    private final SplitInbox inbox;
    private final Supplier<String> position;
    private final SessionStatus status = new SessionStatus();
    private final Backoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Control thread only, but current is read by I/O threads.
    @Nullable private volatile Session current;
    private long connectionNumber;
    private boolean done;

    private volatile long lastMessage;
    private volatile boolean handingOver;
    private volatile boolean aborted;

    /**
     * @param position gives the position of the last emitted message, or null; any thread
     */
    public SplitSessions(
            Feed feed,
            Endpoint endpoint,
            Scheduler scheduler,
            SplitInbox inbox,
            Supplier<String> position) {
        this.feed = feed;
        this.endpoint = endpoint;
        this.scheduler = scheduler;
        this.inbox = inbox;
        this.position = position;
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
                    lastMessage = scheduler.monotonicMillis();
                    if (feed.bounds().hasDuration()) {
                        long age = Math.max(0, scheduler.epochMillis() - startTime);
                        scheduler.schedule(
                                Math.max(0, feed.bounds().duration() - age),
                                () -> finish("'bounded.duration' has passed"));
                    }
                    if (feed.bounds().hasIdleTime()) {
                        scheduleIdleCheck(feed.bounds().idleTime());
                    }
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
            inbox.whenDrained(() -> scheduler.execute(this::connect));
        } else {
            connect();
        }
    }

    private void connect() {
        if (done) {
            return;
        }
        String from = position.get();
        status.connecting();
        connectionNumber++;
        Session session =
                new Session(
                        scheduler,
                        feed.connection(),
                        id(),
                        connectionNumber,
                        endpoint.uri(from),
                        feed.openMessages(from),
                        this);
        LOG.debug("Split '{}': connection {} to {} begins.", id(), connectionNumber, endpoint);
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
        status.state(SessionStatus.State.OPEN);
        LOG.info("Split '{}': connection {} to {} is open.", id(), connectionNumber, endpoint);
    }

    /** I/O thread. */
    @Override
    public void onMessages(Session session, MessageBatch batch) throws InterruptedException {
        if (session != current) {
            return;
        }
        status.messageAt(scheduler.epochMillis());
        handingOver = true;
        try {
            inbox.put(batch);
        } finally {
            lastMessage = scheduler.monotonicMillis();
            handingOver = false;
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
            LOG.info("Split '{}': connection {} has ended.", id(), connectionNumber);
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
        } else if (RetryRule.isFatal(termination)) {
            fail("can't be mended by another attempt", termination);
        } else if (backoff.isExhausted()) {
            fail(
                    "was the last of "
                            + backoff.failures()
                            + " in a row without a message ('reconnect.max-attempts')",
                    termination);
        } else {
            retry(termination);
        }
    }

    private void retry(Termination termination) {
        long wait =
                Math.max(
                        backoff.next(), RetryRule.retryAfter(termination, scheduler.epochMillis()));
        status.state(SessionStatus.State.WAITING);
        LOG.info(
                "Split '{}': connection {} to {} has ended: {}. Attempt {} in {} ms.",
                id(),
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
                                "Split '%s': connection %d to %s %s: %s",
                                id(), connectionNumber, endpoint, why, termination.reason()),
                        termination.cause()));
    }

    private void finish(String why) {
        if (done) {
            return;
        }
        LOG.info("Split '{}' is finished: {}.", id(), why);
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

    private void scheduleIdleCheck(long delay) {
        scheduler.schedule(
                delay,
                () -> {
                    if (done) {
                        return;
                    }
                    // While a message waits for room the split is anything but idle.
                    long idle = handingOver ? 0 : scheduler.monotonicMillis() - lastMessage;
                    long left = feed.bounds().idleTime() - idle;
                    if (left > 0) {
                        scheduleIdleCheck(left);
                    } else {
                        finish("no message for " + idle + " ms");
                    }
                });
    }

    private String id() {
        return endpoint.id();
    }
}

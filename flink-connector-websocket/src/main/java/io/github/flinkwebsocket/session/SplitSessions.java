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
import java.util.concurrent.TimeUnit;

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
    private final SplitProgress progress;
    private final SessionStatus status;
    private final Route route;
    private final Judge judge;
    private final Aftermath aftermath;
    private final ConnectLimiter limiter;
    private final SplitClock clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Control thread only, but current is read by I/O threads.
    @Nullable private volatile Session current;
    private long connectionNumber;
    private long openedAt = -1;
    private boolean done;

    /** Whether messages have been missed, unless there is a position to continue from. */
    private boolean missing;

    private volatile boolean aborted;

    /**
     * @param progress how far the task has come with what is put into the inbox
     */
    public SplitSessions(
            Feed feed,
            Endpoint endpoint,
            Scheduler scheduler,
            ConnectLimiter limiter,
            SplitInbox inbox,
            SplitProgress progress) {
        this.feed = feed;
        this.endpoint = endpoint;
        this.log = new SplitLog(feed.nameOfSplit(endpoint.id()));
        this.status = new SessionStatus(scheduler::monotonicMillis, inbox, progress);
        this.scheduler = scheduler;
        this.inbox = inbox;
        this.progress = progress;
        this.limiter = limiter;
        this.route = new Route(feed, endpoint, log, scheduler::monotonicMillis);
        this.aftermath = new Aftermath(feed, route, scheduler);
        this.judge = new Judge(feed, scheduler, inbox, progress, this::follow);
        this.clock = new SplitClock(feed.bounds(), scheduler, inbox, progress, this::finish);
    }

    /**
     * Starts to connect, and the clocks of {@code bounded.duration} and {@code bounded.idle-time}.
     * Any thread.
     */
    public void start(SplitPast past) {
        // Before a checkpoint can ask for it.
        status.goOnFrom(past, scheduler.epochMillis());
        scheduler.execute(
                () -> {
                    missing = past.resumed;
                    clock.start(past.startTime);
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

    /**
     * When anything was last read from a connection, in epoch milliseconds, or {@link
     * SplitPast#NO_TIME}. Any thread.
     */
    public long lastRead() {
        Session session = current;
        long sinceRead = session == null ? -1 : session.sinceRead();
        return sinceRead < 0 ? status.lastRead() : scheduler.epochMillis() - sinceRead;
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
        String from = progress.position();
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
        openedAt = -1;
        Session session =
                new Session(
                        scheduler,
                        feed.connection(),
                        ConnectionInfo.of(
                                feed.id(),
                                endpoint.id(),
                                connectionNumber,
                                request.shownUrl(),
                                request.uri().getHost()),
                        request,
                        feed.openMessages(from),
                        feed.connection().dataTimeout() > 0
                                ? new QuietTime(scheduler, inbox, progress)
                                : null,
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
        openedAt = scheduler.monotonicMillis();
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
        Ending ending =
                new Ending(
                        connectionNumber,
                        termination,
                        openedAt,
                        scheduler.monotonicMillis(),
                        session.receivedAny());
        missing |= ending.receivedAny || (ending.opened && !feed.usesPosition());
        status.ended(termination, session.sinceRead(), scheduler.epochMillis());
        current = null;
        if (done) {
            log.isClosed();
            closed.countDown();
        } else if (termination.isRemote()
                && feed.bounds().closeCodes().contains(termination.code())) {
            log.isFinished(termination);
            inbox.end(null);
            leave(NORMAL, "finished");
        } else {
            status.waiting();
            judge.judge(ending);
        }
    }

    private void follow(Ending ending, Ending.Worth worth) {
        if (done) {
            return;
        }
        NextStep next = aftermath.of(ending, worth, status.everLive(), progress.position());
        if (next.failure != null) {
            fail(next.failure, ending.termination);
            return;
        }
        // Finding out what it was worth may have taken a while.
        long wait = Math.max(0, next.wait - (scheduler.monotonicMillis() - ending.time));
        log.hasEnded(ending.termination, wait, aftermath.failuresInARow(), aftermath.failingFor());
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
}

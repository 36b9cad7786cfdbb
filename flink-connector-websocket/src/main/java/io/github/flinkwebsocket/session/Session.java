package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.ConnectionListener;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.connection.WebSocketConnection;
import io.github.flinkwebsocket.feed.ConnectionSettings;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The conversation on one connection: sends the open messages, hands over what arrives, pings, and
 * ends the connection when it takes too long to open, falls silent, or does not close. Timers run
 * on the control thread, callbacks of the connection on its I/O thread.
 */
@Internal
final class Session implements ConnectionListener {

    /** What the session tells its split's loop. */
    interface Owner {

        /** I/O thread; may block. */
        void onMessages(Session session, MessageBatch batch) throws InterruptedException;

        /** I/O thread. */
        void onFramesWithoutData(Session session, int count);

        /** Control thread. */
        void onOpen(Session session);

        /** Control thread; the last call. */
        void onEnd(Session session, Termination termination);
    }

    /** A check of silence that runs so many milliseconds too late looks again, after as many. */
    private static final long LATE = 250;

    private final Scheduler scheduler;
    private final ConnectionSettings settings;
    private final List<String> openMessages;
    private final Owner owner;

    private final WebSocketConnection connection;

    // Control thread only.
    @Nullable private Scheduler.Timer timer;
    private boolean ended;

    /** Kept only if {@code data-timeout} is set. */
    @Nullable private final QuietTime quietTime;

    private volatile boolean receivedAny;

    /**
     * @param info names the connection
     * @param quietTime the clock of {@code data-timeout}, or null if that is not set
     */
    Session(
            Scheduler scheduler,
            ConnectionSettings settings,
            ConnectionInfo info,
            UpgradeRequest request,
            List<String> openMessages,
            @Nullable QuietTime quietTime,
            Owner owner) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.openMessages = openMessages;
        this.owner = owner;
        this.quietTime = quietTime;
        this.connection = new WebSocketConnection(info, request, settings, openMessages, this);
    }

    /** Starts to connect. Control thread. */
    void start() {
        long timeout = settings.connectTimeout();
        timer =
                scheduler.schedule(
                        timeout,
                        () -> abort("the connection did not open within " + timeout + " ms"));
        connection.start();
    }

    /** Closes in order, by force when the server does not answer in time. Control thread. */
    void close(int code, String reason) {
        if (ended) {
            return;
        }
        if (!connection.isOpen()) {
            abort(reason);
            return;
        }
        cancelTimer();
        long timeout = settings.closeTimeout();
        timer =
                scheduler.schedule(
                        timeout,
                        () ->
                                abort(
                                        "the server did not answer our close within "
                                                + timeout
                                                + " ms"));
        connection.close(code, reason);
    }

    /** Ends the connection at once, for this reason. Any thread. */
    void abort(String reason) {
        connection.abort(new SocketTimeoutException(reason));
    }

    /** The subprotocol that the server chose, or null. */
    @Nullable
    String subprotocol() {
        return connection.subprotocol();
    }

    /** Whether a message has arrived. */
    boolean receivedAny() {
        return receivedAny;
    }

    /** For how many milliseconds nothing has been read; -1 if it has not opened. Any thread. */
    long sinceRead() {
        return connection.sinceRead();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    // ----------------------------------------------------------------- I/O thread

    @Override
    public void onOpen(WebSocketConnection opened) {
        // Before anything is read, as many as the rate allows; the rest second by second.
        openMessages.stream().limit(settings.sendRate()).forEach(opened::send);
        scheduler.execute(this::opened);
    }

    private void sendRest(int from) {
        if (ended || from >= openMessages.size()) {
            return;
        }
        int to = (int) Math.min((long) from + settings.sendRate(), openMessages.size());
        openMessages.subList(from, to).forEach(connection::send);
        scheduler.schedule(1000, () -> sendRest(to));
    }

    @Override
    public void onMessages(WebSocketConnection from, MessageBatch batch)
            throws InterruptedException {
        receivedAny = true;
        if (quietTime == null) {
            owner.onMessages(this, batch);
            return;
        }
        quietTime.handOver();
        try {
            owner.onMessages(this, batch);
        } finally {
            quietTime.handedOver();
        }
    }

    @Override
    public void onFramesWithoutData(WebSocketConnection from, int count) {
        owner.onFramesWithoutData(this, count);
    }

    @Override
    public void onEnd(WebSocketConnection from, Termination termination) {
        scheduler.execute(
                () -> {
                    ended = true;
                    cancelTimer();
                    owner.onEnd(this, termination);
                });
    }

    // ----------------------------------------------------------------- control thread

    private void opened() {
        if (ended) {
            return;
        }
        cancelTimer();
        owner.onOpen(this);
        if (openMessages.size() > settings.sendRate()) {
            scheduler.schedule(1000, () -> sendRest(settings.sendRate()));
        }
        if (settings.pingInterval() > 0) {
            schedulePing();
        }
        if (settings.readTimeout() > 0) {
            scheduleCheck(settings.readTimeout(), "read-timeout", "nothing", this::silence);
        }
        if (quietTime != null) {
            quietTime.restart();
            scheduleCheck(settings.dataTimeout(), "data-timeout", "no record", quietTime::get);
        }
    }

    private void schedulePing() {
        scheduler.schedule(
                settings.pingInterval(),
                () -> {
                    if (!ended) {
                        connection.ping();
                        schedulePing();
                    }
                });
    }

    /** For how many milliseconds nothing has been read, though we would. */
    private long silence() {
        return TimeUnit.NANOSECONDS.toMillis(connection.silence());
    }

    /** Ends the connection when the time that something has lasted reaches the limit. */
    private void scheduleCheck(long limit, String option, String what, LongSupplier lasted) {
        scheduleCheck(limit, limit, option, what, lasted);
    }

    private void scheduleCheck(
            long delay, long limit, String option, String what, LongSupplier lasted) {
        long due = scheduler.monotonicMillis() + delay;
        scheduler.schedule(
                delay,
                () -> {
                    if (ended) {
                        return;
                    }
                    long time = lasted.getAsLong();
                    boolean late = scheduler.monotonicMillis() - due > LATE;
                    if (late) {
                        // The JVM stood still, and what has arrived meanwhile is to be read first.
                        scheduleCheck(LATE, limit, option, what, lasted);
                    } else if (time < limit) {
                        scheduleCheck(
                                Math.max(limit - time, QuietTime.MIN_CHECK),
                                limit,
                                option,
                                what,
                                lasted);
                    } else {
                        abort(
                                String.format(
                                        "%s has been read for %d ms; '%s' is %d ms",
                                        what, time, option, limit));
                    }
                });
    }
}

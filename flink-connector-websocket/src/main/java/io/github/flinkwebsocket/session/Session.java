package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.ConnectionListener;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.WebSocketConnection;
import io.github.flinkwebsocket.feed.ConnectionSettings;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

        /** Control thread. */
        void onOpen(Session session);

        /** Control thread; the last call. */
        void onEnd(Session session, Termination termination);
    }

    private final Scheduler scheduler;
    private final ConnectionSettings settings;
    private final List<String> openMessages;
    private final Owner owner;

    private final WebSocketConnection connection;

    // Control thread only.
    @Nullable private Scheduler.Timer timer;
    private boolean ended;

    private volatile boolean receivedAny;

    /**
     * @param number the number of the connection within the split
     */
    Session(
            Scheduler scheduler,
            ConnectionSettings settings,
            String splitId,
            long number,
            URI uri,
            List<String> openMessages,
            Owner owner) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.openMessages = openMessages;
        this.owner = owner;
        this.connection = new WebSocketConnection(splitId, number, uri, settings, this);
    }

    /** Starts to connect. Control thread. */
    void start() {
        long timeout = settings.connectTimeout();
        timer =
                scheduler.schedule(
                        timeout,
                        () -> timeOut("the connection did not open within " + timeout + " ms"));
        connection.start();
    }

    /** Closes in order, by force when the server does not answer in time. Control thread. */
    void close(int code, String reason) {
        if (ended) {
            return;
        }
        if (!connection.isOpen()) {
            timeOut(reason);
            return;
        }
        cancelTimer();
        long timeout = settings.closeTimeout();
        timer =
                scheduler.schedule(
                        timeout,
                        () ->
                                timeOut(
                                        "the server did not answer our close within "
                                                + timeout
                                                + " ms"));
        connection.close(code, reason);
    }

    /** Closes at once; for a reader that ends. Any thread. */
    void abort(String reason) {
        connection.abort(new SocketTimeoutException(reason));
    }

    /** Whether a message has arrived. */
    boolean receivedAny() {
        return receivedAny;
    }

    private void timeOut(String reason) {
        connection.abort(new SocketTimeoutException(reason));
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
        openMessages.forEach(opened::send);
        scheduler.execute(this::opened);
    }

    @Override
    public void onMessages(WebSocketConnection from, MessageBatch batch)
            throws InterruptedException {
        receivedAny = true;
        owner.onMessages(this, batch);
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
        if (settings.pingInterval() > 0) {
            schedulePing();
        }
        if (settings.readTimeout() > 0) {
            scheduleSilenceCheck(settings.readTimeout());
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

    private void scheduleSilenceCheck(long delay) {
        scheduler.schedule(
                delay,
                () -> {
                    if (ended) {
                        return;
                    }
                    long silence = TimeUnit.NANOSECONDS.toMillis(connection.silence());
                    long left = settings.readTimeout() - silence;
                    if (left > 0) {
                        scheduleSilenceCheck(left);
                    } else {
                        timeOut(
                                "nothing has been read for "
                                        + silence
                                        + " ms; 'read-timeout' is "
                                        + settings.readTimeout()
                                        + " ms");
                    }
                });
    }
}

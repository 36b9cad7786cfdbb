package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.connection.ConnectionListener;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.connection.WebSocketConnection;
import io.github.flinkwebsocket.feed.ConnectionSettings;
import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection, and the messages that come on it until there are enough. {@link #run} blocks the
 * main thread, which also sends and pings; the rest is called on the connection's I/O thread.
 */
@Internal
final class Capture implements ConnectionListener {

    /** Ends the capture early; much more would not fit into the memory. */
    private static final long MAX_BYTES = 16 << 20;

    private static final long MAX_CLOSE_MILLIS = 1000;

    private final ConnectionSettings settings;
    private final WebSocketConnection connection;
    private final List<String> toSend;
    private final int enough;

    // Guarded by this.
    private final List<WebSocketMessage> messages = new ArrayList<>();
    private long bytes;
    private boolean opened;
    private long openedAt;
    private long lastAt;
    @Nullable private Termination termination;

    /**
     * @param enough how many messages to wait for
     */
    Capture(Feed feed, int enough) {
        Endpoint endpoint = feed.endpoints().get(0);
        URI uri = endpoint.uri(0, null);
        this.settings = feed.connection();
        this.toSend = new ArrayList<>(feed.openMessages(null));
        this.enough = enough;
        this.connection =
                new WebSocketConnection(
                        ConnectionInfo.of(
                                feed.id(), endpoint.id(), 1, endpoint.toString(), uri.getHost()),
                        UpgradeRequest.to(uri),
                        settings,
                        List.copyOf(toSend),
                        this);
    }

    /** Connects, listens for so long at most, and closes. */
    synchronized void run(int seconds) throws InterruptedException {
        connection.start();
        long timeout = settings.connectTimeout();
        awaitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout), true);
        if (!opened && termination == null) {
            connection.abort(
                    new SocketTimeoutException(
                            "the connection did not open within " + timeout + " ms"));
        } else if (termination == null) {
            listen(openedAt + TimeUnit.SECONDS.toNanos(seconds));
        }
        if (termination == null) {
            leave();
        }
    }

    private void listen(long deadline) throws InterruptedException {
        long now = System.nanoTime();
        long pingNanos = TimeUnit.MILLISECONDS.toNanos(settings.pingInterval());
        long nextPing = now + pingNanos;
        long nextSend = openedAt + TimeUnit.SECONDS.toNanos(1);
        while (!isEnough() && termination == null && now - deadline < 0) {
            long next = deadline;
            next = pingNanos > 0 && nextPing - next < 0 ? nextPing : next;
            next = !toSend.isEmpty() && nextSend - next < 0 ? nextSend : next;
            awaitUntil(next, false);
            now = System.nanoTime();
            if (pingNanos > 0 && now - nextPing >= 0) {
                connection.ping();
                nextPing = now + pingNanos;
            }
            if (now - nextSend >= 0) {
                sendSome();
                nextSend = now + TimeUnit.SECONDS.toNanos(1);
            }
        }
    }

    /** Waits for a time, the end, or that there is enough: of messages, or just the opening. */
    private void awaitUntil(long deadline, boolean opening) throws InterruptedException {
        for (long left = deadline - System.nanoTime();
                left > 0 && termination == null && !(opening ? opened : isEnough());
                left = deadline - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }

    private void leave() throws InterruptedException {
        long end =
                TimeUnit.MILLISECONDS.toNanos(Math.min(MAX_CLOSE_MILLIS, settings.closeTimeout()));
        long deadline = System.nanoTime() + end;
        Termination before = termination;
        connection.close(1000, "");
        for (long left = end;
                left > 0 && termination == null;
                left = deadline - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
        boolean answered = termination != before;
        if (!answered) {
            connection.abort(new SocketTimeoutException("the probe is over"));
            while (termination == null) {
                wait();
            }
        }
        if (opened) {
            termination = null;
        }
    }

    private boolean isEnough() {
        return messages.size() >= enough || bytes >= MAX_BYTES;
    }

    private void sendSome() {
        int count = Math.min(toSend.size(), settings.sendRate());
        toSend.subList(0, count).forEach(connection::send);
        toSend.subList(0, count).clear();
    }

    @Override
    public synchronized void onOpen(WebSocketConnection from) {
        opened = true;
        openedAt = System.nanoTime();
        lastAt = openedAt;
        sendSome();
        notifyAll();
    }

    @Override
    public synchronized void onMessages(WebSocketConnection from, MessageBatch batch) {
        for (WebSocketMessage m = batch.pollFirst(); m != null; m = batch.pollFirst()) {
            if (!isEnough()) {
                messages.add(m);
                bytes += m.getPayload().length;
                lastAt = System.nanoTime();
            }
        }
        notifyAll();
    }

    @Override
    public synchronized void onEnd(WebSocketConnection from, Termination how) {
        termination = how;
        notifyAll();
    }

    /** Whether the upgrade was done. */
    synchronized boolean isOpened() {
        return opened;
    }

    /** What came, in order. */
    synchronized List<WebSocketMessage> messages() {
        return List.copyOf(messages);
    }

    /** How the connection ended; null if it was us who ended it. */
    @Nullable
    synchronized Termination termination() {
        return termination;
    }

    /** From the opening to the last message that was kept. */
    synchronized double seconds() {
        return (lastAt - openedAt) / 1e9;
    }

    /** The subprotocol that the server chose, or null. */
    @Nullable
    String subprotocol() {
        return connection.subprotocol();
    }
}

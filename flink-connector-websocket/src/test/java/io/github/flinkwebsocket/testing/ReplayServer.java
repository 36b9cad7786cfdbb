package io.github.flinkwebsocket.testing;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A WebSocket server with a memory: it keeps a log for every path and sends it from where the first
 * message of the client asks to, following it as it grows.
 *
 * <ul>
 *   <li>{@code {"after":n}}: what comes after number n; -1 for everything
 *   <li>{@code {"after":n,"follow":false}}: the same, then a close frame with code 4000
 *   <li>{@code {"live":true}}: only what is appended from now on
 * </ul>
 *
 * Each message is {@code {"seq":n,"value":"..."}}, numbered from 0. A path that nothing was ever
 * appended to has an empty log. Faults happen on demand.
 */
public final class ReplayServer implements AutoCloseable {

    /** The close code that says that a log is at its end. */
    public static final int END_OF_LOG = 4000;

    /** Asks for a log from its beginning. */
    public static final String FROM_START = "{\"after\":-1}";

    /** Asks for what follows the position. */
    public static final String FROM_POSITION = "{\"after\":${position}}";

    /** Asks for what is appended after the connect. */
    public static final String LIVE = "{\"live\":true}";

    private final Map<String, ReplayLog> logs = new ConcurrentHashMap<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private volatile int cutAfter = Integer.MAX_VALUE;
    private final ScriptedServer server = ScriptedServer.start(this::serve);

    private ReplayServer() {}

    public static ReplayServer start() {
        return new ReplayServer();
    }

    public String url(String path) {
        return server.url(path);
    }

    /** Appends values to the log of a path. */
    public void append(String path, String... values) {
        log(path).append(Arrays.asList(values));
    }

    /** Appends many values to the log of a path. */
    public void append(String path, List<String> values) {
        log(path).append(values);
    }

    /** How many clients have asked for the log of this path so far. */
    public int connections(String path) {
        return log(path).connections.get();
    }

    /** How many clients are connected to this path now. */
    public int open(String path) {
        return (int) on(path).count();
    }

    /** How many pings the clients of this path have sent so far. */
    public int pings(String path) {
        return log(path).pings.get();
    }

    /** Pings the client of this path; the future completes with its pong. */
    public CompletableFuture<Void> ping(String path) throws IOException {
        return only(path).ping();
    }

    /** Waits until the client of this path has handed over all that was sent to it. */
    public void awaitRead(String path) throws Exception {
        only(path).awaitWritten();
        // A pong is sent before what was read with its ping is handed over; the second one after.
        ping(path).get(30, TimeUnit.SECONDS);
        ping(path).get(30, TimeUnit.SECONDS);
    }

    /** Ends all connections without a close frame. */
    public void drop() throws IOException {
        for (Subscriber subscriber : subscribers) {
            subscriber.peer.drop();
        }
    }

    /** Breaks all connections off with a TCP reset. */
    public void reset() throws IOException {
        for (Subscriber subscriber : subscribers) {
            subscriber.peer.reset();
        }
    }

    /** Stays connected to the present clients, but neither reads nor writes any more. */
    public void freeze() {
        subscribers.forEach(Subscriber::freeze);
    }

    /** Ends the next so many connections, without a close frame, after so many messages each. */
    public void cut(int connections, int afterMessages) {
        cutAfter = afterMessages;
        cutsLeft.set(connections);
    }

    int messagesBeforeCut() {
        return cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                ? cutAfter
                : Integer.MAX_VALUE;
    }

    private ReplayLog log(String path) {
        return logs.computeIfAbsent(path, p -> new ReplayLog());
    }

    private Stream<Subscriber> on(String path) {
        Predicate<Subscriber> same = subscriber -> subscriber.peer.path().equals(path);
        return subscribers.stream().filter(same);
    }

    private Subscriber only(String path) {
        return on(path).findFirst()
                .orElseThrow(() -> new AssertionError("No client is connected to " + path + "."));
    }

    private void serve(Peer peer) throws Exception {
        peer.accept();
        String request = peer.read(Frame.TEXT).text();
        Subscriber subscriber =
                new Subscriber(peer, log(peer.path()), request, messagesBeforeCut());
        subscribers.add(subscriber);
        try {
            subscriber.run();
        } finally {
            subscribers.remove(subscriber);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

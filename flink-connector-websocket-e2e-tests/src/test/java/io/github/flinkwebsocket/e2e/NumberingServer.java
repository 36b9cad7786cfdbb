package io.github.flinkwebsocket.e2e;

import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A WebSocket server on a free port of 127.0.0.1 that sends {@code {"n":number,"path":"path"}},
 * numbered from 1 for each path. With {@code ?from=n} a client first gets everything after number
 * n, 0 for all; without, only what comes next. Remembers every connection. Any thread.
 */
final class NumberingServer implements AutoCloseable {

    /** What is known of one connection; changes as long as it is open. */
    static final class Connection {
        final String path;

        /** What the client asked to continue after; -1 for live. */
        final long from;

        long first;
        long last;
        boolean open = true;

        Connection(String path, long from) {
            this.path = path;
            this.from = from;
        }
    }

    private final Map<String, Long> last = new HashMap<>();
    private final Map<WebSocket, Connection> open = new HashMap<>();
    private final List<Connection> all = new ArrayList<>();
    private final Map<String, Integer> mostAtOnce = new HashMap<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "numbering-server-ticker");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final Endpoint endpoint = new Endpoint();
    private ScheduledFuture<?> ticks;

    NumberingServer() throws Exception {
        endpoint.setDaemon(true);
        endpoint.setReuseAddr(true);
        endpoint.setConnectionLostTimeout(5);
        endpoint.start();
        started.get(30, TimeUnit.SECONDS);
    }

    int port() {
        return endpoint.getPort();
    }

    /** Sends so many more numbers on a path. */
    synchronized void send(String path, int count) {
        for (int i = 0; i < count; i++) {
            long number = last.merge(path, 1L, Long::sum);
            open.forEach(
                    (client, connection) -> {
                        if (connection.path.equals(path)) {
                            send(client, connection, number);
                        }
                    });
        }
    }

    private static void send(WebSocket client, Connection connection, long number) {
        try {
            client.send("{\"n\":" + number + ",\"path\":\"" + connection.path + "\"}");
        } catch (WebsocketNotConnectedException e) {
            // Its end is about to be reported.
            return;
        }
        connection.last = number;
        if (connection.first == 0) {
            connection.first = number;
        }
    }

    /** Sends a number on each of these paths again and again, until {@link #pause()}. */
    synchronized void keepSending(Duration interval, String... paths) {
        ticks =
                ticker.scheduleAtFixedRate(
                        () -> List.of(paths).forEach(path -> send(path, 1)),
                        0,
                        interval.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** Ends {@link #keepSending}. */
    synchronized void pause() {
        ticks.cancel(false);
    }

    /** The number sent last on a path. */
    synchronized long last(String path) {
        return last.getOrDefault(path, 0L);
    }

    /** All connections of a path so far, the oldest first. */
    synchronized List<Connection> connections(String path) {
        return all.stream().filter(c -> c.path.equals(path)).collect(Collectors.toList());
    }

    /** How many connections of a path are open now. */
    synchronized long open(String path) {
        return connections(path).stream().filter(c -> c.open).count();
    }

    /** How many connections of a path have been open at the same moment. */
    synchronized int mostAtOnce(String path) {
        return mostAtOnce.getOrDefault(path, 0);
    }

    /** Ends the connections of a path without a close frame. */
    synchronized void drop(String path) {
        // A copy, because the end of a connection is reported at once.
        for (WebSocket client : List.copyOf(open.keySet())) {
            if (open.get(client).path.equals(path)) {
                client.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
            }
        }
    }

    void awaitOpen(String path) {
        Await.until("a connection to " + path, () -> open(path) == 1);
    }

    private synchronized void opened(WebSocket client, String resource) {
        int query = resource.indexOf("?from=");
        String path = query < 0 ? resource : resource.substring(0, query);
        long from = query < 0 ? -1 : Long.parseLong(resource.substring(query + 6));
        Connection connection = new Connection(path, from);
        open.put(client, connection);
        all.add(connection);
        mostAtOnce.merge(path, (int) open(path), Math::max);
        if (from >= 0) {
            for (long number = from + 1; number <= last(path); number++) {
                send(client, connection, number);
            }
        }
    }

    private synchronized void closed(WebSocket client) {
        Connection connection = open.remove(client);
        if (connection != null) {
            connection.open = false;
        }
    }

    @Override
    public void close() throws Exception {
        ticker.shutdownNow();
        endpoint.stop(1000);
    }

    /** The WebSocket side; called by the library's threads. */
    private final class Endpoint extends WebSocketServer {

        Endpoint() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        }

        @Override
        public void onStart() {
            started.complete(null);
        }

        @Override
        public void onOpen(WebSocket client, ClientHandshake handshake) {
            opened(client, handshake.getResourceDescriptor());
        }

        @Override
        public void onMessage(WebSocket client, String message) {}

        @Override
        public void onClose(WebSocket client, int code, String reason, boolean remote) {
            closed(client);
        }

        @Override
        public void onError(WebSocket client, Exception error) {
            started.completeExceptionally(error);
        }
    }
}

package io.github.flinkwebsocket.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay between two ports of 127.0.0.1 that fails on demand. Faults come from one thread;
 * bytes pass on two threads a connection.
 */
final class FaultyRelay implements AutoCloseable {

    private static final byte[] UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** A read of so few bytes, so that resets and slowness hit in the middle of messages. */
    private static final int CHUNK = 50;

    private static final long SLOW_MILLIS = 100;

    private final int target;
    private final int port = FlinkCluster.freePort();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile boolean unavailable;
    private volatile boolean slow;

    FaultyRelay(int target) throws IOException {
        this.target = target;
        listen();
    }

    int port() {
        return port;
    }

    /** Begins a fault. */
    void begin(Fault fault) throws IOException {
        switch (fault) {
            case RESET:
                reset();
                break;
            case HALF_OPEN:
                links.forEach(link -> link.dead = true);
                break;
            case SLOW:
                slow = true;
                break;
            case REFUSED:
                listener.close();
                reset();
                break;
            case UNAVAILABLE:
                unavailable = true;
                reset();
                break;
        }
    }

    /** Ends what lasts for a while. Connections that are half open stay so. */
    void end() throws IOException {
        slow = false;
        unavailable = false;
        if (listener.isClosed()) {
            listen();
        }
    }

    private void reset() throws IOException {
        for (Link link : links) {
            link.reset();
        }
    }

    private void listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener = socket;
        start("accept", () -> acceptAll(socket));
    }

    private void acceptAll(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                start("link", () -> serve(client));
            } catch (IOException e) {
                // Closed, or the client has gone.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (unavailable) {
                refuse(client);
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                new Link(client, server).run();
            }
        } catch (IOException e) {
            // One side has gone.
        }
    }

    /** Reads the request first; closing with unread bytes would be a reset. */
    private static void refuse(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        int matched = 0;
        for (int b; matched < 4 && (b = in.read()) >= 0; ) {
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        client.getOutputStream().write(UNAVAILABLE);
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, "faulty-relay-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        reset();
    }

    /** One connection through the relay. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        volatile boolean dead;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /**
         * Returns when either side has ended, and the caller closes both. On a dead link the client
         * learns nothing of the server's end.
         */
        void run() throws IOException {
            links.add(this);
            Thread upstream = start("up", () -> pump(client, server));
            try {
                pump(server, client);
                if (dead) {
                    upstream.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                links.remove(this);
            }
        }

        private void pump(Socket from, Socket to) {
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n; (n = in.read(chunk)) >= 0; ) {
                    if (!dead) {
                        out.write(chunk, 0, n);
                    }
                    if (slow) {
                        Await.pause(SLOW_MILLIS);
                    }
                }
                if (from == client) {
                    server.close();
                }
            } catch (IOException e) {
                // One side has gone.
            }
        }

        void reset() throws IOException {
            for (Socket socket : new Socket[] {client, server}) {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        }
    }
}

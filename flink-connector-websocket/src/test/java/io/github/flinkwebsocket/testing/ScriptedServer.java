package io.github.flinkwebsocket.testing;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WebSocket server on a free port of 127.0.0.1 that does what a script says, byte by byte if need
 * be. Each connection runs the script on a thread of its own; when the script returns, the socket
 * is closed. {@link #close()} ends everything, and throws what a script threw unexpectedly.
 */
public final class ScriptedServer implements AutoCloseable {

    /** What the server does on one connection. I/O errors end it silently; others fail the test. */
    @FunctionalInterface
    public interface Script {
        void run(Peer peer) throws Exception;
    }

    private final ServerSocket listener;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        start("scripted-server-accept", this::acceptAll);
    }

    /** Starts a server. */
    public static ScriptedServer start(Script script) {
        try {
            return new ScriptedServer(
                    new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server that speaks TLS. */
    public static ScriptedServer startTls(
            SSLContext context, boolean wantsClientCertificate, Script script) {
        try {
            SSLServerSocket listener =
                    (SSLServerSocket)
                            context.getServerSocketFactory()
                                    .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
            listener.setNeedClientAuth(wantsClientCertificate);
            return new ScriptedServer(listener, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a 101, then these frames, then waits for the client to leave. */
    public static ScriptedServer sending(Frame... frames) {
        return start(
                peer -> {
                    peer.accept().send(frames);
                    peer.awaitEnd();
                });
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The URL of a path on this server. */
    public String url(String path) {
        String scheme = listener instanceof SSLServerSocket ? "wss" : "ws";
        return scheme + "://127.0.0.1:" + port() + path;
    }

    /** How many connections have come so far. */
    public int connections() {
        return connections.get();
    }

    private void acceptAll() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                start("scripted-server-" + number, () -> serve(socket, number));
            } catch (IOException e) {
                if (!closed) {
                    failures.add(e);
                }
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            script.run(new Peer(socket, number));
        } catch (IOException e) {
            // The client has gone, or the server is closing.
        } catch (Throwable t) {
            if (!closed) {
                failures.add(t);
            }
        } finally {
            sockets.remove(socket);
        }
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (SocketException e) {
            // Already closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("A server script failed.", failures.get(0));
        }
    }
}

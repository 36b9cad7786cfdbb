package io.github.flinkwebsocket.testing;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket server that sends what a test tells it to, to the only client of each path. */
public final class PushServer implements AutoCloseable {

    private final Map<String, CompletableFuture<Peer>> peers = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> texts = new ConcurrentHashMap<>();
    private final ScriptedServer server = ScriptedServer.start(this::serve);

    private PushServer() {}

    public static PushServer start() {
        return new PushServer();
    }

    public String url(String path) {
        return server.url(path);
    }

    /** How many connections have come so far. */
    public int connections() {
        return server.connections();
    }

    /** Waits for the client of this path, and sends it text messages. */
    public PushServer push(String path, String... texts) throws Exception {
        Peer peer = client(path);
        for (String text : texts) {
            peer.sendText(text);
        }
        return this;
    }

    /** The client of this path; waits for it. */
    public Peer client(String path) throws Exception {
        return future(path).get(30, TimeUnit.SECONDS);
    }

    /** The next text message of the client of this path; waits for it. */
    public String received(String path) throws Exception {
        String text = texts(path).poll(30, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("The client of " + path + " sent nothing.");
        }
        return text;
    }

    private BlockingQueue<String> texts(String path) {
        return texts.computeIfAbsent(path, p -> new LinkedBlockingQueue<>());
    }

    private CompletableFuture<Peer> future(String path) {
        return peers.computeIfAbsent(path, p -> new CompletableFuture<>());
    }

    private void serve(Peer peer) throws IOException {
        peer.accept();
        future(peer.path()).complete(peer);
        for (Frame frame = peer.read(); ; frame = peer.read()) {
            if (frame.opcode() == Frame.TEXT) {
                texts(peer.path()).add(frame.text());
            } else if (frame.opcode() == Frame.PING) {
                peer.send(Frame.of(true, Frame.PONG, frame.payload));
            } else if (frame.opcode() == Frame.CLOSE) {
                peer.send(Frame.of(true, Frame.CLOSE, frame.payload));
                return;
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

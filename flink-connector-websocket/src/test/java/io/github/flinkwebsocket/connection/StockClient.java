package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.Threads;

import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ServerHandshake;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The library's client as everybody uses it: it records what it is told. To be ended by {@link
 * #end}, since its own methods may hang.
 */
class StockClient extends WebSocketClient {

    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<Exception> errors = new CopyOnWriteArrayList<>();
    final CountDownLatch opened = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    volatile int closeCode;
    volatile String closeReason;
    volatile Consumer<String> onMessage = text -> {};

    StockClient(ScriptedServer server) {
        this(server, new Draft_6455(), 0);
    }

    StockClient(ScriptedServer server, Draft draft, int connectTimeout) {
        super(URI.create(server.url("/")), draft, null, connectTimeout);
        setDaemon(true);
        setConnectionLostTimeout(0);
    }

    StockClient connected() throws InterruptedException {
        connect();
        await(opened);
        return this;
    }

    WebSocketImpl engine() {
        return (WebSocketImpl) getConnection();
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("Waited 30 s in vain.");
        }
    }

    void awaitMessages(int count) {
        Await.until(count + " messages have come", () -> messages.size() >= count);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        opened.countDown();
    }

    @Override
    public void onMessage(String message) {
        onMessage.accept(message);
        messages.add(message);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
        messages.add("binary of " + bytes.remaining());
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        closeCode = code;
        closeReason = reason;
        closed.countDown();
    }

    @Override
    public void onError(Exception e) {
        errors.add(e);
    }

    /** Ends it by all means. */
    void end() throws IOException {
        closeConnection(1006, "the test is over");
        if (getSocket() != null) {
            getSocket().close();
        }
        // The library forgets its write thread when a reconnect has been interrupted.
        Await.until(
                "the library's threads are gone",
                () -> {
                    Threads.interrupt("WebSocketWriteThread");
                    return !Threads.isAlive("WebSocket");
                });
        Threads.awaitNoneOfConnections();
    }
}

package io.github.flinkwebsocket.benchmarks;

import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

import java.net.URI;
import java.util.function.Consumer;

/** Java-WebSocket as its readme shows it. */
final class StockClient extends WebSocketClient {

    private final Consumer<String> consumer;

    StockClient(URI uri, Consumer<String> consumer) {
        super(uri);
        this.consumer = consumer;
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String message) {
        consumer.accept(message);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {}

    @Override
    public void onError(Exception e) {
        e.printStackTrace();
    }
}

package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;

import java.nio.charset.StandardCharsets;

/** Makes messages that no socket has seen. */
public final class Messages {

    /** The connection that messages of tests come on. */
    public static final ConnectionInfo CONNECTION =
            ConnectionInfo.of("feed", "split", 1, "wss://feed.example/stream", "feed.example");

    /** A text message, received at 1000 as the first one on connection 1 of "split". */
    public static WebSocketMessage text(String text) {
        return new WebSocketMessage(
                text.getBytes(StandardCharsets.UTF_8), true, new Arrival(CONNECTION, 1000), 1);
    }

    /** The same as a binary message. */
    public static WebSocketMessage binary(byte[] payload) {
        return new WebSocketMessage(payload, false, new Arrival(CONNECTION, 1000), 1);
    }

    /** What one socket read brought. */
    public static MessageBatch batch(String... texts) {
        MessageBatch batch = new MessageBatch(1);
        for (String text : texts) {
            batch.add(text(text));
        }
        return batch;
    }

    private Messages() {}
}

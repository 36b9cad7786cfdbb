package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageSettings;
import io.github.flinkwebsocket.message.MessagePart;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts one message after another into frames. Task thread. */
@Internal
abstract class Framer {

    private WebSocketMessage message;

    /** Null if a message is one frame. */
    @Nullable
    static Framer of(MessageSettings settings) {
        switch (settings.framing()) {
            case LINES:
                return new SeparatorFramer(new byte[] {'\n'}, true);
            case SEPARATOR:
                return new SeparatorFramer(
                        settings.separator().getBytes(StandardCharsets.UTF_8), false);
            case JSON:
                return new JsonFramer();
            default:
                return null;
        }
    }

    /** Turns to the next message. */
    final void reset(WebSocketMessage next) {
        message = next;
        start(next.getPayload());
    }

    /** Goes to the beginning of a payload. */
    abstract void start(byte[] payload);

    /**
     * The next frame, or null after the last one.
     *
     * @throws IOException if the rest of the message can't be cut
     */
    @Nullable
    abstract WebSocketMessage next() throws IOException;

    final WebSocketMessage frame(int from, int to) {
        byte[] payload = message.getPayload();
        return from == 0 && to == payload.length
                ? message
                : MessagePart.of(message, Arrays.copyOfRange(payload, from, to));
    }
}

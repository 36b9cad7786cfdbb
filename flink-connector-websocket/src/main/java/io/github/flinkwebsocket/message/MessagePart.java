package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * What the steps before decoding made of a message: a part of it, with its event time and position.
 * Immutable; made on the task thread.
 */
@Internal
public final class MessagePart extends WebSocketMessage {

    private final WebSocketMessage original;
    private final long timestamp;
    @Nullable private final String position;

    private MessagePart(
            byte[] payload, WebSocketMessage of, long timestamp, @Nullable String position) {
        super(payload, of);
        this.original = of.getOriginal();
        this.timestamp = timestamp;
        this.position = position;
    }

    /** A part with other bytes; time and position stay. */
    public static MessagePart of(WebSocketMessage message, byte[] payload) {
        return new MessagePart(payload, message, message.getTimestamp(), message.getPosition());
    }

    /** The same with this event time, in epoch milliseconds. */
    public static MessagePart withTimestamp(WebSocketMessage message, long timestamp) {
        return new MessagePart(message.getPayload(), message, timestamp, message.getPosition());
    }

    /** The same with this position. */
    public static MessagePart withPosition(WebSocketMessage message, String position) {
        return new MessagePart(message.getPayload(), message, message.getTimestamp(), position);
    }

    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Nullable
    @Override
    public String getPosition() {
        return position;
    }

    @Override
    public WebSocketMessage getOriginal() {
        return original;
    }
}

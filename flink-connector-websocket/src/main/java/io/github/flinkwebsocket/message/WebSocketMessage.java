package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * One complete WebSocket message (RFC 6455, section 5.6) with where and when it arrived. Immutable
 * as long as nobody writes into {@link #getPayload()}; it may be kept and handed to other threads.
 */
@PublicEvolving
public final class WebSocketMessage {

    private final byte[] payload;
    private final Arrival arrival;
    private final long messageNumber;
    private final boolean text;

    /**
     * @param payload the payload, reassembled and decompressed; handed over, not copied
     * @param text true for a text message, false for a binary one
     * @param arrival where and when it arrived
     * @param messageNumber the number of the message on its connection, from 1
     */
    public WebSocketMessage(byte[] payload, boolean text, Arrival arrival, long messageNumber) {
        this.payload = payload;
        this.text = text;
        this.arrival = arrival;
        this.messageNumber = messageNumber;
    }

    /** The payload itself, not a copy: do not write into it. Valid UTF-8 if {@link #isText()}. */
    public byte[] getPayload() {
        return payload;
    }

    /** The payload read as UTF-8; a new string at every call. */
    public String getText() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Whether the message came as text (opcode 1) rather than binary (opcode 2). */
    public boolean isText() {
        return text;
    }

    /** When the end of the message was read from the socket, in epoch milliseconds. */
    public long getReceiveTime() {
        return arrival.receiveTime;
    }

    /** The id of the split that received the message. */
    public String getSplitId() {
        return arrival.splitId;
    }

    /** The number of the connection, from 1, counted since the reader took the split. */
    public long getConnectionNumber() {
        return arrival.connectionNumber;
    }

    /** The subprotocol that the server chose of those offered, or null for none. */
    @Nullable
    public String getSubprotocol() {
        return arrival.subprotocol;
    }

    /** The number of the message on its connection, from 1. */
    public long getMessageNumber() {
        return messageNumber;
    }

    /** Names the message without its payload, which may hold secrets. */
    @Override
    public String toString() {
        return String.format(
                "message %d on connection %d of split '%s' (%s, %d bytes)",
                messageNumber,
                arrival.connectionNumber,
                arrival.splitId,
                text ? "text" : "binary",
                payload.length);
    }
}

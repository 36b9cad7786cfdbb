package io.github.flinkwebsocket.message;

import io.github.flinkwebsocket.feed.Count;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * One complete WebSocket message (RFC 6455, section 5.6), or a part of one, with where and when it
 * arrived. The steps before decoding (options {@code message.*}) may take several parts out of one
 * message; each knows the {@link #getOriginal() message it came in}. Immutable as long as nobody
 * writes into {@link #getPayload()}; it may be kept and handed to other threads.
 */
@PublicEvolving
public class WebSocketMessage {

    /**
     * The timestamp of a record whose event time is not known: the smallest there is, which moves
     * no watermark. Flink itself means by it that there is no timestamp.
     */
    public static final long NO_EVENT_TIME = Long.MIN_VALUE;

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
    @Internal
    public WebSocketMessage(byte[] payload, boolean text, Arrival arrival, long messageNumber) {
        this.payload = payload;
        this.text = text;
        this.arrival = arrival;
        this.messageNumber = messageNumber;
    }

    /** A part of the same message. */
    WebSocketMessage(byte[] payload, WebSocketMessage message) {
        this(payload, message.text, message.arrival, message.messageNumber);
    }

    /**
     * What is to be decoded: the payload of the message, or of this part of it. The array itself,
     * not a copy: do not write into it.
     */
    public final byte[] getPayload() {
        return payload;
    }

    /** The payload read as UTF-8; a new string at every call. */
    public final String getText() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Whether the message came as text (opcode 1) rather than binary (opcode 2). */
    public final boolean isText() {
        return text;
    }

    /** Where and when it arrived; one object for all messages of a read. */
    @Internal
    public final Arrival arrival() {
        return arrival;
    }

    /** When the end of the message was read from the socket, in epoch milliseconds. */
    public final long getReceiveTime() {
        return arrival.receiveTime;
    }

    /**
     * The event time in epoch milliseconds: what {@code message.event-time} points to, or the
     * receive time without that option. Where there is none, {@code message.event-time-missing}
     * says what it is; it may be {@link #NO_EVENT_TIME}.
     */
    public long getTimestamp() {
        return arrival.receiveTime;
    }

    /** The event time as it is shown: the epoch where it is {@link #NO_EVENT_TIME}. */
    public final Instant getEventTime() {
        long time = getTimestamp();
        return time == NO_EVENT_TIME ? Instant.EPOCH : Instant.ofEpochMilli(time);
    }

    /** What the position extractor read from the message, or null. */
    @Nullable
    public String getPosition() {
        return null;
    }

    /** The message as it arrived, before any step; itself if it is that. */
    public WebSocketMessage getOriginal() {
        return this;
    }

    /** The id of the feed: the option {@code id}, or one made from its URLs. */
    public final String getFeedId() {
        return arrival.connection.feedId;
    }

    /** The id of the split that received the message. */
    public final String getSplitId() {
        return arrival.connection.splitId;
    }

    /** Where the connection leads, with *** in the place of what may be secret. */
    public final String getUrl() {
        return arrival.connection.url;
    }

    /** The host that the connection leads to. */
    public final String getHost() {
        return arrival.connection.host;
    }

    /** The number of the connection, from 1, counted since the reader took the split. */
    public final long getConnectionNumber() {
        return arrival.connection.number;
    }

    /** The subprotocol that the server chose of those offered, or null for none. */
    @Nullable
    public final String getSubprotocol() {
        return arrival.connection.subprotocol;
    }

    /**
     * The headers of the server's answer to the upgrade request, to be looked up in any case; those
     * that set cookies are left out. Can't be changed.
     */
    public final Map<String, String> getHeaders() {
        return arrival.connection.headers;
    }

    /** The number of the message on its connection, from 1. */
    public final long getMessageNumber() {
        return messageNumber;
    }

    /** Names the message without its payload, which may hold secrets. */
    @Override
    public String toString() {
        return String.format(
                "message %d on connection %d of split '%s' (%s, %s)",
                messageNumber,
                arrival.connection.number,
                arrival.connection.splitId,
                text ? "text" : "binary",
                Count.of(getOriginal().payload.length, "byte"));
    }
}

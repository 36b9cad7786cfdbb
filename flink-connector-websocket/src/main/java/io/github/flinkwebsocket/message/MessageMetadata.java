package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.time.Instant;
import java.util.function.Function;

/**
 * What is known of a message beside its payload, by name: the names that fields of events refer to
 * as {@code %{[@metadata][name]}} and that SQL tables read as metadata columns. Any thread.
 */
@PublicEvolving
public enum MessageMetadata {
    URL("url", "where the connection leads, without secrets", WebSocketMessage::getUrl),
    HOST("host", "the host that the connection leads to", WebSocketMessage::getHost),
    FEED_ID("feed-id", "the option 'id', or what is made of the URLs", WebSocketMessage::getFeedId),
    SPLIT_ID("split-id", "the split that received it", WebSocketMessage::getSplitId),
    RECEIVE_TIME(
            "receive-time",
            "when its end was read from the socket",
            message -> Instant.ofEpochMilli(message.getReceiveTime())),
    EVENT_TIME(
            "event-time",
            "what 'message.event-time' points to, or the receive time without that option; the epoch"
                    + " before the first record with a time",
            WebSocketMessage::getEventTime),
    CONNECTION_NUMBER(
            "connection-number",
            "the number of the connection, from 1",
            WebSocketMessage::getConnectionNumber),
    MESSAGE_NUMBER(
            "message-number",
            "the number of the message on its connection, from 1",
            WebSocketMessage::getMessageNumber),
    TEXT("text", "true for a text message, false for a binary one", WebSocketMessage::isText),
    SIZE(
            "size",
            "the size of the message as it arrived, in bytes",
            message -> message.getOriginal().getPayload().length),
    SUBPROTOCOL(
            "subprotocol",
            "the subprotocol that the server chose",
            WebSocketMessage::getSubprotocol),
    HEADERS(
            "headers",
            "the headers of the server's answer to the upgrade request",
            WebSocketMessage::getHeaders),
    POSITION("position", "its position, where there is one", WebSocketMessage::getPosition);

    private final String key;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // A method reference without state.
    private final Function<WebSocketMessage, Object> reader;

    MessageMetadata(String key, String description, Function<WebSocketMessage, Object> reader) {
        this.key = key;
        this.description = description;
        this.reader = reader;
    }

    /** The name of the metadata, in lower case with hyphens. */
    public String key() {
        return key;
    }

    /** What it is, for the documentation. */
    public String description() {
        return description;
    }

    /** The value for this message: a String, Long, Integer, Boolean, Instant, Map or null. */
    @Nullable
    public Object read(WebSocketMessage message) {
        return reader.apply(message);
    }

    /** The metadata of this name, or null. */
    @Nullable
    public static MessageMetadata byKey(String key) {
        for (MessageMetadata metadata : values()) {
            if (metadata.key.equals(key)) {
                return metadata;
            }
        }
        return null;
    }
}

package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Instant;

/**
 * Looks references up in a message that no event is made of, read as JSON if need be. Task thread.
 */
@Internal
final class MessageScope implements TemplateScope {

    private final WebSocketMessage message;
    private final JsonNode record;

    MessageScope(WebSocketMessage message, boolean readsFields) {
        this.message = message;
        this.record = readsFields ? read(message) : EventJson.NODES.objectNode();
    }

    private static JsonNode read(WebSocketMessage message) {
        try {
            JsonNode read = EventJson.read(message.getText());
            if (read.isObject()) {
                ((ObjectNode) read)
                        .putIfAbsent(
                                WebSocketEvent.TIMESTAMP, JsonValues.of(message.getEventTime()));
                return read;
            }
        } catch (IOException | RuntimeException e) {
            // Whoever decodes the message will tell.
        }
        return EventJson.NODES.objectNode();
    }

    @Override
    public JsonNode field(FieldReference reference) {
        return reference.get(record);
    }

    @Override
    public Instant timestamp() {
        return message.getEventTime();
    }

    @Override
    public WebSocketMessage message() {
        return message;
    }
}

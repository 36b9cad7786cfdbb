package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.EnrichmentSettings;
import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Messages;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.configuration.Configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What tests of events need: events of messages, without a source. */
final class Events {

    /** When {@link Messages} are received. */
    static final Instant RECEIVED = Instant.ofEpochMilli(1000);

    /** An event of this JSON object, received at {@link #RECEIVED}. */
    static WebSocketEvent event(String json) {
        return WebSocketEvent.of((ObjectNode) json(json), RECEIVED);
    }

    /** JSON with ' in the place of ". */
    static JsonNode json(String json) {
        try {
            return EventJson.read(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** The settings that these options make. */
    static EnrichmentSettings settings(Consumer<Configuration> options) {
        return Feeds.of("ws://feed.example", options).enrichment();
    }

    /** All events of a message as the source emits them with this error policy. */
    static List<WebSocketEvent> decode(
            WebSocketDeserializationSchema<WebSocketEvent> schema,
            WebSocketMessage message,
            ErrorPolicy policy)
            throws IOException {
        List<WebSocketEvent> events = new ArrayList<>();
        ListCollector<WebSocketEvent> out = new ListCollector<>(events);
        try {
            schema.deserialize(message, out);
        } catch (IOException e) {
            if (policy == ErrorPolicy.FAIL) {
                throw e;
            }
            if (policy == ErrorPolicy.EMIT) {
                ((WebSocketEventSchema) schema).deserializeFailed(message, e, out);
            }
        }
        return events;
    }

    /** All events of a message, decoded by a codec of this name and these settings. */
    static List<WebSocketEvent> decode(
            String codec, Map<String, String> settings, WebSocketMessage message)
            throws IOException {
        return decode(
                WebSocketEventSchema.of(EventCodec.named(codec, settings)),
                message,
                ErrorPolicy.EMIT);
    }

    private Events() {}
}

package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.EnrichmentSettings;
import io.github.flinkwebsocket.message.EnrichingDeserializationSchema;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.annotation.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import static org.apache.flink.util.Preconditions.checkNotNull;

/**
 * Makes events of messages. A part of a message that can't be decoded does not take the rest with
 * it: what is good is emitted, and {@code error-policy} decides on the bad parts; with {@code emit}
 * each of them becomes an event that has its text in {@code message} and a tag such as {@code
 * _jsonparsefailure}, or {@code _messagefailure} if it failed elsewhere than in the codec. Task
 * thread.
 */
@PublicEvolving
public final class WebSocketEventSchema
        implements EnrichingDeserializationSchema<WebSocketEvent>,
                ErrorEmittingDeserializationSchema<WebSocketEvent> {

    private static final long serialVersionUID = 1L;

    /** Of events for messages that failed elsewhere than in the codec. */
    private static final String OTHER_FAILURE_TAG = "_messagefailure";

    private final EventCodec codec;
    @Nullable private final Enrichment enrichment;

    private WebSocketEventSchema(EventCodec codec, @Nullable Enrichment enrichment) {
        this.codec = codec;
        this.enrichment = enrichment;
    }

    /** Events from JSON, as Logstash's default codec makes them. */
    public static WebSocketEventSchema json() {
        return of(EventCodec.json());
    }

    /** Events as this codec makes them. */
    public static WebSocketEventSchema of(EventCodec codec) {
        return new WebSocketEventSchema(checkNotNull(codec, "The codec must not be null."), null);
    }

    @Override
    public WebSocketDeserializationSchema<WebSocketEvent> withEnrichment(
            EnrichmentSettings settings) {
        return new WebSocketEventSchema(codec, Enrichment.of(settings));
    }

    @Override
    public void deserialize(WebSocketMessage message, Collector<WebSocketEvent> out)
            throws IOException {
        Emission emission = new Emission(message, out);
        codec.decode(message.getPayload(), emission);
        emission.throwFailures();
    }

    @Override
    public void deserializeFailed(
            WebSocketMessage message, Exception error, Collector<WebSocketEvent> out) {
        Emission emission = new Emission(message, out);
        if (error instanceof EventDecodingException) {
            for (Supplier<String> part : ((EventDecodingException) error).parts()) {
                emission.emitFailure(part.get(), codec.failureTag());
            }
        } else {
            emission.emitFailure(message.getText(), OTHER_FAILURE_TAG);
        }
    }

    @Override
    public long getTimestamp(WebSocketEvent event, WebSocketMessage message) {
        return message.getTimestamp() == WebSocketMessage.NO_EVENT_TIME
                        && event.getTimestamp().equals(message.getEventTime())
                ? WebSocketMessage.NO_EVENT_TIME
                : event.getTimestamp().toEpochMilli();
    }

    @Override
    public TypeInformation<WebSocketEvent> getProducedType() {
        return WebSocketEventTypeInfo.INSTANCE;
    }

    /** Completes and emits what one message holds, and keeps what it does not. */
    private final class Emission implements EventSink {

        private final WebSocketMessage message;
        private final Collector<WebSocketEvent> out;
        private final Instant timestamp;
        private List<Supplier<String>> failures = List.of();
        private String firstReason = "";

        Emission(WebSocketMessage message, Collector<WebSocketEvent> out) {
            this.message = message;
            this.out = out;
            this.timestamp = message.getEventTime();
        }

        @Override
        public void decoded(ObjectNode fields) {
            emit(WebSocketEvent.of(fields, timestamp));
        }

        private void emit(WebSocketEvent event) {
            if (enrichment != null) {
                enrichment.decorate(event, message);
            }
            out.collect(event);
        }

        @Override
        public void failed(Supplier<String> text, String reason) {
            if (failures.isEmpty()) {
                failures = new ArrayList<>();
                firstReason = reason;
            }
            failures.add(text);
        }

        void throwFailures() throws EventDecodingException {
            if (!failures.isEmpty()) {
                throw new EventDecodingException(codec.name(), failures, firstReason);
            }
        }

        void emitFailure(String text, String tag) {
            ObjectNode fields = EventJson.NODES.objectNode();
            fields.put("message", text);
            WebSocketEvent event = WebSocketEvent.of(fields, timestamp);
            event.addTag(tag);
            emit(event);
        }
    }
}

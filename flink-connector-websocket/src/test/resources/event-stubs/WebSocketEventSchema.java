package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.EnrichmentSettings;
import io.github.flinkwebsocket.message.EnrichingDeserializationSchema;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

public final class WebSocketEventSchema
        implements EnrichingDeserializationSchema<WebSocketEvent>,
                ErrorEmittingDeserializationSchema<WebSocketEvent> {

    public static WebSocketEventSchema json() {
        return new WebSocketEventSchema();
    }

    public static WebSocketEventSchema of(EventCodec codec) {
        return new WebSocketEventSchema();
    }

    @Override
    public void deserialize(WebSocketMessage message, Collector<WebSocketEvent> out) {}

    @Override
    public void deserializeFailed(
            WebSocketMessage message, Exception error, Collector<WebSocketEvent> out) {}

    @Override
    public WebSocketDeserializationSchema<WebSocketEvent> withEnrichment(
            EnrichmentSettings enrichment) {
        return this;
    }

    @Override
    public TypeInformation<WebSocketEvent> getProducedType() {
        return TypeInformation.of(WebSocketEvent.class);
    }
}

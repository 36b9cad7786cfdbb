package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.event.EventCodec;
import io.github.flinkwebsocket.message.event.WebSocketEvent;
import io.github.flinkwebsocket.message.event.WebSocketEventSchema;
import io.github.flinkwebsocket.source.WebSocketSource;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

import javax.annotation.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one {@code websocket} input says. Filled by {@link InputReader}, then never changed. */
@Internal
final class InputSettings {

    /** As long as there is none, or none that will do. */
    static final ResolvedText NO_URL = ResolvedText.of("");

    ResolvedText url = NO_URL;
    ResolvedText codec = ResolvedText.of("json");
    Map<String, ResolvedText> codecSettings = Map.of();
    Map<String, ResolvedText> fields = Map.of();
    List<ResolvedText> tags = List.of();
    @Nullable ResolvedText type;
    @Nullable ResolvedText id;
    @Nullable ResolvedText enableMetric;

    boolean metricEnabled() {
        return enableMetric == null || enableMetric.value().equals("true");
    }

    /** The same as options of the connector; what is not set is left out. */
    Configuration options() {
        Configuration options = new Configuration();
        options.set(WebSocketOptions.URL, List.of(url.value()));
        // Logstash makes a tagged event of a message that it can't decode.
        options.set(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT);
        if (!fields.isEmpty()) {
            options.set(WebSocketOptions.ADD_FIELD, values(fields));
        }
        if (!tags.isEmpty()) {
            options.set(WebSocketOptions.TAGS, ResolvedText.values(tags));
        }
        if (type != null) {
            options.set(WebSocketOptions.TYPE, type.value());
        }
        if (id != null) {
            options.set(WebSocketOptions.ID, id.value());
        }
        if (enableMetric != null) {
            options.set(WebSocketOptions.ENABLE_METRIC, metricEnabled());
        }
        return options;
    }

    /**
     * @throws IllegalArgumentException if there is no such codec, or it has no such setting
     */
    EventCodec eventCodec() {
        return EventCodec.named(codec.value(), values(codecSettings));
    }

    WebSocketSource<WebSocketEvent> source() {
        return WebSocketSource.<WebSocketEvent>builder()
                .setOptions(options())
                .setDeserializer(WebSocketEventSchema.of(eventCodec()))
                .build();
    }

    static Map<String, String> values(Map<String, ResolvedText> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        texts.forEach((name, text) -> values.put(name, text.value()));
        return values;
    }
}

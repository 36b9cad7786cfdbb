package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is added to every event of a feed. Immutable; any thread. */
@Internal
public final class EnrichmentSettings implements Serializable {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, String> fields;
    private final List<String> tags;
    @Nullable private final String type;

    EnrichmentSettings(ReadableConfig config) {
        fields = new LinkedHashMap<>(config.get(WebSocketOptions.ADD_FIELD));
        if (fields.containsKey("")) {
            throw InvalidOption.value(
                    WebSocketOptions.ADD_FIELD, "", "the name of a field must not be empty");
        }
        tags =
                config.get(WebSocketOptions.TAGS).stream()
                        .distinct()
                        .collect(Collectors.toUnmodifiableList());
        if (tags.contains("")) {
            throw InvalidOption.value(WebSocketOptions.TAGS, tags, "a tag must not be empty");
        }
        type = config.getOptional(WebSocketOptions.TYPE).orElse(null);
        if ("".equals(type)) {
            throw InvalidOption.value(WebSocketOptions.TYPE, type, "it must not be empty");
        }
    }

    /** Names and values of the fields to add, in order; both may refer to the event. */
    public Map<String, String> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** The tags to add, without duplicates; they may refer to the event. */
    public List<String> tags() {
        return tags;
    }

    /** The type of events that have none, or null. */
    @Nullable
    public String type() {
        return type;
    }

    /** Whether nothing is added. */
    public boolean isEmpty() {
        return fields.isEmpty() && tags.isEmpty() && type == null;
    }
}

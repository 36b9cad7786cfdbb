package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.EnrichmentSettings;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code type}, {@code add-field} and {@code tags} add, in this order, as Logstash does. Made
 * and checked where the source is built; used on the task thread, for events or, where there are
 * none, for messages.
 */
@Internal
public final class Enrichment implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String FAILURE_TAG = "_addfieldfailure";

    /** As deep as JSON may be: names can come from the peer. */
    private static final int MAX_DEPTH = 1000;

    /** What an event needs itself, and what is not part of events. */
    private static final Set<String> PROTECTED =
            Set.of(WebSocketEvent.TIMESTAMP, WebSocketEvent.VERSION, "@metadata");

    private final EnrichmentSettings settings;
    private final transient List<Field> fields = new ArrayList<>();
    private final transient List<EventTemplate> tags = new ArrayList<>();
    private final transient boolean readsFields;

    @Nullable private transient MessageScope lastScope;

    private Enrichment(EnrichmentSettings settings) {
        this.settings = settings;
        settings.fields().forEach((name, value) -> fields.add(new Field(name, value)));
        for (String tag : settings.tags()) {
            tags.add(template(WebSocketOptions.TAGS, tag));
        }
        readsFields =
                fields.stream().anyMatch(f -> f.name.readsFields() || f.value.readsFields())
                        || tags.stream().anyMatch(EventTemplate::readsFields);
    }

    /**
     * Reads the templates of the settings.
     *
     * @throws IllegalArgumentException if one can't be read, or a field must not be set; names the
     *     option
     */
    public static Enrichment of(EnrichmentSettings settings) {
        return new Enrichment(settings);
    }

    private static EventTemplate template(ConfigOption<?> option, String text) {
        try {
            return EventTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(option, text, e.getMessage());
        }
    }

    private static IllegalArgumentException invalid(
            ConfigOption<?> option, String value, String why) {
        return new IllegalArgumentException(
                String.format("The option '%s' has the value '%s'; %s.", option.key(), value, why));
    }

    /** Adds everything to an event that came in this message. */
    void decorate(WebSocketEvent event, WebSocketMessage message) {
        TemplateScope scope = new EventScope(event, message);
        if (settings.type() != null && !event.has(WebSocketEvent.TYPE)) {
            event.set(WebSocketEvent.TYPE, settings.type());
        }
        for (Field field : fields) {
            add(event, field.name.render(scope), field.value.render(scope));
        }
        for (EventTemplate tag : tags) {
            event.addTag(tag.render(scope));
        }
    }

    private static void add(WebSocketEvent event, String name, String value) {
        FieldReference reference = FieldReference.tryParse(name);
        if (reference == null
                || reference.path().size() > MAX_DEPTH
                || PROTECTED.contains(reference.path().get(0))) {
            event.addTag(FAILURE_TAG);
            return;
        }
        JsonNode present = reference.get(event.toJson());
        if (present != null && present.isArray()) {
            ((ArrayNode) present).add(value);
            return;
        }
        JsonNode added = EventJson.NODES.textNode(value);
        if (present != null) {
            // As in Ruby, null is no element.
            ArrayNode both = EventJson.NODES.arrayNode();
            added = (present.isNull() ? both : both.add(present)).add(added);
        }
        try {
            reference.set(event.toJson(), added);
        } catch (IllegalArgumentException e) {
            event.addTag(FAILURE_TAG);
        }
    }

    /**
     * What {@code add-field} adds, for a record that is not an event. Names of the same text get
     * the last value. If a template refers to fields, the message is read as JSON; if it is none,
     * the reference stays as it is written.
     */
    public Map<String, String> fields(WebSocketMessage message) {
        MessageScope scope = scope(message);
        Map<String, String> rendered = new LinkedHashMap<>();
        for (Field field : fields) {
            rendered.put(field.name.render(scope), field.value.render(scope));
        }
        return rendered;
    }

    /** What {@code tags} adds, for a record that is not an event; without duplicates. */
    public String[] tags(WebSocketMessage message) {
        MessageScope scope = scope(message);
        Set<String> rendered = new LinkedHashSet<>();
        for (EventTemplate tag : tags) {
            rendered.add(tag.render(scope));
        }
        return rendered.toArray(new String[0]);
    }

    /** The option {@code type}, or null. */
    @Nullable
    public String type() {
        return settings.type();
    }

    /** Kept for one message, so that it is parsed once for its fields and its tags. */
    private MessageScope scope(WebSocketMessage message) {
        if (lastScope == null || lastScope.message() != message) {
            lastScope = new MessageScope(message, readsFields);
        }
        return lastScope;
    }

    private Object readResolve() {
        return of(settings);
    }

    /** A name and a value of {@code add-field}. */
    private static final class Field {

        final EventTemplate name;
        final EventTemplate value;

        Field(String name, String value) {
            this.name = template(WebSocketOptions.ADD_FIELD, name);
            this.value = template(WebSocketOptions.ADD_FIELD, value);
            if (this.name.isConstant()) {
                FieldReference reference = FieldReference.tryParse(name);
                if (reference == null) {
                    throw invalid(
                            WebSocketOptions.ADD_FIELD,
                            name,
                            "the name of a field is 'field' or '[outer][inner]'");
                }
                if (PROTECTED.contains(reference.path().get(0))) {
                    throw invalid(
                            WebSocketOptions.ADD_FIELD,
                            name,
                            "a field must not be one of @timestamp, @version and @metadata");
                }
            }
        }
    }

    /** Looks references up in an event, which changes while it is decorated. */
    private static final class EventScope implements TemplateScope {

        private final WebSocketEvent event;
        private final WebSocketMessage message;

        EventScope(WebSocketEvent event, WebSocketMessage message) {
            this.event = event;
            this.message = message;
        }

        @Override
        public JsonNode field(FieldReference reference) {
            return reference.get(event.toJson());
        }

        @Override
        public Instant timestamp() {
            return event.getTimestamp();
        }

        @Override
        public WebSocketMessage message() {
            return message;
        }
    }
}

package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.message.MessageMetadata;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * A text with references, as Logstash has them: {@code %{field}}, {@code %{[outer][inner]}}, {@code
 * %{+yyyy.MM.dd}}, {@code %{+%s}} and, for what is known of the message, {@code
 * %{[@metadata][name]}}. A reference that leads nowhere stays as it is written. Immutable; read
 * where the source is built, rendered on the task thread.
 */
@Internal
final class EventTemplate {

    private static final String METADATA = "@metadata";

    private final String text;
    private final List<Function<TemplateScope, String>> parts;
    private final boolean readsFields;
    private final boolean constant;

    private EventTemplate(Parser parser) {
        text = parser.text;
        parts = List.copyOf(parser.parts);
        readsFields = parser.readsFields;
        constant = parser.constant;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if the pattern of a date is none; its message says what is
     *     wrong with it
     */
    static EventTemplate parse(String text) {
        return new EventTemplate(new Parser(text));
    }

    /** The template with the values in the place of its references. */
    String render(TemplateScope scope) {
        if (constant) {
            return text;
        }
        StringBuilder rendered = new StringBuilder();
        for (Function<TemplateScope, String> part : parts) {
            rendered.append(part.apply(scope));
        }
        return rendered.toString();
    }

    /** Whether it refers to fields of the event. */
    boolean readsFields() {
        return readsFields;
    }

    /** Whether it refers to nothing. */
    boolean isConstant() {
        return constant;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Cuts a template into its parts. */
    private static final class Parser {

        final String text;
        final List<Function<TemplateScope, String>> parts = new ArrayList<>();
        boolean readsFields;
        boolean constant = true;

        Parser(String text) {
            this.text = text;
            int at = 0;
            while (true) {
                int open = text.indexOf("%{", at);
                int close = open < 0 ? -1 : text.indexOf('}', open);
                if (close < 0) {
                    literal(text.substring(at));
                    return;
                }
                literal(text.substring(at, open));
                reference(text.substring(open, close + 1), text.substring(open + 2, close));
                at = close + 1;
            }
        }

        private void literal(String part) {
            if (!part.isEmpty()) {
                parts.add(scope -> part);
            }
        }

        private void reference(String written, String name) {
            if (name.startsWith("+")) {
                constant = false;
                date(name.substring(1));
                return;
            }
            FieldReference reference = FieldReference.tryParse(name);
            if (reference == null) {
                literal(written);
                return;
            }
            constant = false;
            if (name.startsWith("[") && reference.path().get(0).equals(METADATA)) {
                parts.add(scope -> orElse(metadata(reference.path(), scope), written));
            } else {
                readsFields = true;
                parts.add(scope -> orElse(scope.field(reference), written));
            }
        }

        private void date(String pattern) {
            if (pattern.equals("%s")) {
                parts.add(scope -> Long.toString(scope.timestamp().getEpochSecond()));
            } else {
                DatePattern date = DatePattern.of(pattern);
                parts.add(scope -> date.format(scope.timestamp()));
            }
        }
    }

    private static String orElse(@Nullable JsonNode value, String written) {
        if (value == null || value.isNull()) {
            return written;
        }
        return value.isArray() ? joined(value) : WebSocketEvent.text(value);
    }

    private static String joined(JsonNode array) {
        StringJoiner text = new StringJoiner(",");
        array.forEach(element -> text.add(WebSocketEvent.text(element)));
        return text.toString();
    }

    @Nullable
    private static JsonNode metadata(List<String> path, TemplateScope scope) {
        MessageMetadata metadata = path.size() < 2 ? null : MessageMetadata.byKey(path.get(1));
        Object value = metadata == null ? null : metadata.read(scope.message());
        for (String name : path.subList(Math.min(2, path.size()), path.size())) {
            value = value instanceof Map ? ((Map<?, ?>) value).get(name) : null;
        }
        return JsonValues.of(value);
    }
}

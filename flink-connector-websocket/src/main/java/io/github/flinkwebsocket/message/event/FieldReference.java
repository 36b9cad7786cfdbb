package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.Count;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Names a field as Logstash does: {@code field}, {@code [outer][inner]}, {@code [array][0]}, where
 * -1 is the last element. Immutable; any thread.
 */
@Internal
final class FieldReference {

    private final String text;
    private final List<String> path;

    private FieldReference(String text, List<String> path) {
        this.text = text;
        this.path = path;
    }

    /**
     * Reads a reference.
     *
     * @throws IllegalArgumentException if it is none
     */
    static FieldReference parse(String text) {
        FieldReference reference = tryParse(text);
        if (reference == null) {
            throw new IllegalArgumentException(
                    String.format(
                            "'%s' is not a field reference; write 'field' or '[outer][inner]'.",
                            text));
        }
        return reference;
    }

    /** Reads a reference; null if it is none. */
    @Nullable
    static FieldReference tryParse(String text) {
        if (!text.startsWith("[")) {
            boolean plain = !text.isEmpty() && text.indexOf('[') < 0 && text.indexOf(']') < 0;
            return plain ? new FieldReference(text, List.of(text)) : null;
        }
        List<String> path = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int close = text.indexOf(']', at);
            if (text.charAt(at) != '[' || close <= at + 1) {
                return null;
            }
            String name = text.substring(at + 1, close);
            if (name.indexOf('[') >= 0) {
                return null;
            }
            path.add(name);
            at = close + 1;
        }
        return new FieldReference(text, List.copyOf(path));
    }

    /** The names on the way to the field, outermost first; at least one. */
    List<String> path() {
        return path;
    }

    /** The field's value, or null if there is no such field. */
    @Nullable
    JsonNode get(JsonNode root) {
        JsonNode at = root;
        for (String name : path) {
            at = child(at, name);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    @Nullable
    private static JsonNode child(JsonNode parent, String name) {
        if (parent.isObject()) {
            return parent.get(name);
        }
        return parent.isArray() ? parent.get(index(parent, name)) : null;
    }

    /** Outside of the array, so that nothing is found, if it is not an index. */
    private static int index(JsonNode array, String name) {
        try {
            int index = Integer.parseInt(name);
            return index < 0 ? array.size() + index : index;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * Puts a value there, and the objects on the way that are missing.
     *
     * @throws IllegalArgumentException if something on the way is neither object nor array, or an
     *     index is beyond the end of its array
     */
    void set(ObjectNode root, JsonNode value) {
        JsonNode parent = root;
        for (String name : path.subList(0, path.size() - 1)) {
            JsonNode child = child(parent, name);
            if (child == null || child.isNull()) {
                child = EventJson.NODES.objectNode();
                put(parent, name, child);
            }
            parent = child;
        }
        put(parent, path.get(path.size() - 1), value);
    }

    private void put(JsonNode parent, String name, JsonNode value) {
        if (parent.isObject()) {
            ((ObjectNode) parent).set(name, value);
            return;
        }
        if (!parent.isArray()) {
            throw new IllegalArgumentException(
                    String.format(
                            "The field '%s' can't be set; what holds it is neither object nor array.",
                            text));
        }
        ArrayNode array = (ArrayNode) parent;
        int index = index(array, name);
        if (index == array.size()) {
            array.add(value);
        } else if (index >= 0 && index < array.size()) {
            array.set(index, value);
        } else {
            throw new IllegalArgumentException(
                    String.format(
                            "The field '%s' can't be set; the array has %s.",
                            text, Count.of(array.size(), "element")));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}

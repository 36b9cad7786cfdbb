package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.annotation.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Makes JSON values of Java values, numbers exactly. Any thread. */
@Internal
final class JsonValues {

    private static final JsonNodeFactory NODES = EventJson.NODES;

    /**
     * The value as JSON; times as ISO 8601 text, bytes as base64.
     *
     * @throws IllegalArgumentException if JSON has no such value
     */
    static JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof JsonNode) {
            JsonNode node = (JsonNode) value;
            boolean floating = node.isDouble() || node.isFloat();
            return floating ? number(node.numberValue()) : node;
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return NODES.textNode(value.toString());
        }
        if (value instanceof Boolean) {
            return NODES.booleanNode((Boolean) value);
        }
        if (value instanceof Number) {
            return number((Number) value);
        }
        if (value instanceof Instant) {
            return NODES.textNode(IsoTime.write((Instant) value));
        }
        if (value instanceof byte[]) {
            return NODES.textNode(Base64.getEncoder().encodeToString((byte[]) value));
        }
        if (value instanceof Map) {
            return object((Map<?, ?>) value);
        }
        if (value instanceof Iterable) {
            return array((Iterable<?>) value);
        }
        throw new IllegalArgumentException(
                String.format(
                        "A %s is no value of an event; give a string, number, boolean, Instant, byte[],"
                                + " Map, Iterable, JsonNode or null.",
                        value.getClass().getName()));
    }

    private static JsonNode number(Number value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return NODES.numberNode(value.intValue());
        }
        if (value instanceof Long) {
            return whole(value.longValue());
        }
        if (value instanceof BigInteger) {
            return whole((BigInteger) value);
        }
        if (value instanceof BigDecimal) {
            return NODES.numberNode((BigDecimal) value);
        }
        if (value instanceof Double || value instanceof Float) {
            return decimal(value.toString());
        }
        throw new IllegalArgumentException(
                "A " + value.getClass().getName() + " is no number of an event.");
    }

    /** A whole number in the smallest node that holds it, as a parser makes it. */
    static JsonNode whole(long value) {
        return (int) value == value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    /** A whole number in the smallest node that holds it, as a parser makes it. */
    static JsonNode whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? whole(value.longValue()) : NODES.numberNode(value);
    }

    /** The shortest decimal number that stands for a floating point number. */
    static JsonNode decimal(String floatingPoint) {
        try {
            return NODES.numberNode(new BigDecimal(floatingPoint));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("JSON has no number " + floatingPoint + ".", e);
        }
    }

    private static JsonNode object(Map<?, ?> map) {
        ObjectNode object = NODES.objectNode();
        map.forEach((name, element) -> object.set(String.valueOf(name), of(element)));
        return object;
    }

    private static JsonNode array(Iterable<?> elements) {
        ArrayNode array = NODES.arrayNode();
        elements.forEach(element -> array.add(of(element)));
        return array;
    }

    private JsonValues() {}
}

package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes a JSON tree as bytes: a tag a value, numbers in their own kind and precision, text with
 * one or two bytes a character. Not thread-safe.
 */
@Internal
final class TreeWriter {

    private static final int KEPT = 1 << 20;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] buffer = new byte[512];
    private int length;

    /** Writes a tree, from the start of the buffer. */
    void write(JsonNode tree) throws IOException {
        length = 0;
        value(tree);
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Lets go of a buffer that one large event has made large. */
    void release() {
        if (buffer.length > KEPT) {
            buffer = new byte[512];
        }
    }

    private void value(JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT:
                put(TreeTag.OBJECT);
                varint(value.size());
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    text(field.getKey());
                    value(field.getValue());
                }
                break;
            case ARRAY:
                put(TreeTag.ARRAY);
                varint(value.size());
                for (JsonNode element : value) {
                    value(element);
                }
                break;
            case STRING:
                put(TreeTag.TEXT);
                text(value.textValue());
                break;
            case NUMBER:
                number(value);
                break;
            case BOOLEAN:
                put(value.booleanValue() ? TreeTag.TRUE : TreeTag.FALSE);
                break;
            case NULL:
                put(TreeTag.NULL);
                break;
            case BINARY:
                put(TreeTag.BINARY);
                bytes(value.binaryValue());
                break;
            default:
                throw new IOException(
                        "An event holds a " + value.getNodeType() + ", which JSON does not have.");
        }
    }

    private void number(JsonNode number) throws IOException {
        switch (number.numberType()) {
            case INT:
                put(number.isShort() ? TreeTag.SHORT : TreeTag.INT);
                zigzag(number.longValue());
                break;
            case LONG:
                put(TreeTag.LONG);
                zigzag(number.longValue());
                break;
            case BIG_INTEGER:
                put(TreeTag.BIG_INTEGER);
                bytes(number.bigIntegerValue().toByteArray());
                break;
            case BIG_DECIMAL:
                decimal(number.decimalValue());
                break;
            case FLOAT:
                put(TreeTag.FLOAT);
                fixed(Float.floatToRawIntBits(finite(number).floatValue()), Integer.BYTES);
                break;
            default:
                put(TreeTag.DOUBLE);
                fixed(Double.doubleToRawLongBits(finite(number).doubleValue()), Long.BYTES);
        }
    }

    private static JsonNode finite(JsonNode number) throws IOException {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IOException(
                    "An event holds the number " + number + ", which JSON does not have.");
        }
        return number;
    }

    private void decimal(BigDecimal number) throws IOException {
        if (number.unscaledValue().bitLength() < Long.SIZE) {
            put(TreeTag.DECIMAL);
            zigzag(number.scale());
            zigzag(number.unscaledValue().longValue());
        } else {
            put(TreeTag.BIG_DECIMAL);
            zigzag(number.scale());
            bytes(number.unscaledValue().toByteArray());
        }
    }

    private void text(String text) throws IOException {
        int chars = text.length();
        ensure(10L + chars);
        int start = length;
        varint((long) chars << 1);
        byte[] to = buffer;
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                length = start;
                wideText(text);
                return;
            }
            to[at++] = (byte) c;
        }
        length = at;
    }

    /** Two bytes a character: keeps even half a surrogate pair, which UTF-8 can't. */
    private void wideText(String text) throws IOException {
        int chars = text.length();
        ensure(10L + 2L * chars);
        varint(((long) chars << 1) | 1);
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            buffer[length++] = (byte) (c >> 8);
            buffer[length++] = (byte) c;
        }
    }

    private void bytes(byte[] bytes) throws IOException {
        varint(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void fixed(long bits, int size) throws IOException {
        ensure(size);
        for (int i = size - 1; i >= 0; i--) {
            buffer[length++] = (byte) (bits >> (Byte.SIZE * i));
        }
    }

    private void zigzag(long value) throws IOException {
        varint((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    private void varint(long value) throws IOException {
        ensure(10);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            buffer[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        buffer[length++] = (byte) left;
    }

    private void put(byte tag) throws IOException {
        ensure(1);
        buffer[length++] = tag;
    }

    private void ensure(long more) throws IOException {
        long needed = length + more;
        if (needed > buffer.length) {
            if (needed > LARGEST) {
                throw new IOException("An event is larger than 2 GiB.");
            }
            buffer =
                    Arrays.copyOf(
                            buffer, (int) Math.min(LARGEST, Math.max(needed, 2L * buffer.length)));
        }
    }
}

package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link TreeWriter} wrote. Not thread-safe. */
@Internal
final class TreeReader {

    private static final JsonNodeFactory NODES = EventJson.NODES;
    private static final int KEPT = 1 << 20;

    private byte[] buffer = new byte[512];
    private int at;
    private int end;

    /** Reads a tree of so many bytes. */
    JsonNode read(DataInputView source, int length) throws IOException {
        if (length < 0) {
            throw corrupt();
        }
        if (length > buffer.length) {
            buffer = new byte[length];
        }
        source.readFully(buffer, 0, length);
        at = 0;
        end = length;
        try {
            JsonNode tree = value();
            if (at != end) {
                throw corrupt();
            }
            return tree;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw corrupt();
        } finally {
            if (buffer.length > KEPT) {
                buffer = new byte[512];
            }
        }
    }

    private static IOException corrupt() {
        return new IOException("The bytes of an event are damaged.");
    }

    private JsonNode value() throws IOException {
        byte tag = buffer[at++];
        switch (tag) {
            case TreeTag.NULL:
                return NODES.nullNode();
            case TreeTag.FALSE:
                return NODES.booleanNode(false);
            case TreeTag.TRUE:
                return NODES.booleanNode(true);
            case TreeTag.INT:
                return NODES.numberNode((int) zigzag());
            case TreeTag.LONG:
                return NODES.numberNode(zigzag());
            case TreeTag.BIG_INTEGER:
                return NODES.numberNode(new BigInteger(bytes()));
            case TreeTag.DECIMAL:
                int scale = (int) zigzag();
                return NODES.numberNode(BigDecimal.valueOf(zigzag(), scale));
            case TreeTag.BIG_DECIMAL:
                int bigScale = (int) zigzag();
                return NODES.numberNode(new BigDecimal(new BigInteger(bytes()), bigScale));
            case TreeTag.TEXT:
                return NODES.textNode(text());
            case TreeTag.ARRAY:
                return array();
            case TreeTag.OBJECT:
                return object();
            case TreeTag.SHORT:
                return NODES.numberNode((short) zigzag());
            case TreeTag.FLOAT:
                return NODES.numberNode(Float.intBitsToFloat((int) fixed(Integer.BYTES)));
            case TreeTag.DOUBLE:
                return NODES.numberNode(Double.longBitsToDouble(fixed(Long.BYTES)));
            case TreeTag.BINARY:
                return NODES.binaryNode(bytes());
            default:
                throw corrupt();
        }
    }

    private JsonNode array() throws IOException {
        int size = size(varint());
        ArrayNode array = NODES.arrayNode(size);
        for (int i = 0; i < size; i++) {
            array.add(value());
        }
        return array;
    }

    private JsonNode object() throws IOException {
        int size = size(varint());
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            String name = text();
            object.set(name, value());
        }
        return object;
    }

    /** A size that what is left can hold. */
    private int size(long size) throws IOException {
        if (size < 0 || size > end - at) {
            throw corrupt();
        }
        return (int) size;
    }

    private String text() throws IOException {
        long header = varint();
        if ((header & 1) == 0) {
            int chars = size(header >>> 1);
            at += chars;
            return new String(buffer, at - chars, chars, StandardCharsets.ISO_8859_1);
        }
        char[] chars = new char[size(header & ~1L) / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((buffer[at] << 8) | (buffer[at + 1] & 0xFF));
            at += 2;
        }
        return new String(chars);
    }

    private byte[] bytes() throws IOException {
        int size = size(varint());
        at += size;
        return Arrays.copyOfRange(buffer, at - size, at);
    }

    private long fixed(int size) {
        long bits = 0;
        for (int i = 0; i < size; i++) {
            bits = (bits << Byte.SIZE) | (buffer[at++] & 0xFF);
        }
        return bits;
    }

    private long zigzag() throws IOException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = buffer[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw corrupt();
    }
}

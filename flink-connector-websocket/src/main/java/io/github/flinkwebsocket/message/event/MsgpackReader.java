package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;

/**
 * Reads MessagePack values as JSON: binary as base64, times as ISO 8601 text. A size is checked
 * against the bytes that are left before anything of that size is made. Task thread.
 */
@Internal
final class MsgpackReader implements Closeable {

    static final int MAX_DEPTH = 1000;
    private static final JsonNodeFactory NODES = EventJson.NODES;
    private static final int TIMESTAMP = -1;

    private final MessageUnpacker in;
    private final int size;

    MsgpackReader(byte[] bytes) {
        in = MessagePack.newDefaultUnpacker(bytes);
        size = bytes.length;
    }

    boolean hasNext() throws IOException {
        return in.hasNext();
    }

    /** How many bytes have been read. */
    int position() {
        return (int) in.getTotalReadBytes();
    }

    /**
     * Reads one value.
     *
     * @throws IOException if it is damaged, too deep or has no counterpart in JSON
     */
    JsonNode next() throws IOException {
        return value(1);
    }

    private JsonNode value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("it is nested more than " + MAX_DEPTH + " deep");
        }
        MessageFormat format = in.getNextFormat();
        switch (format.getValueType()) {
            case NIL:
                in.unpackNil();
                return NODES.nullNode();
            case BOOLEAN:
                return NODES.booleanNode(in.unpackBoolean());
            case INTEGER:
                return JsonValues.whole(in.unpackBigInteger());
            case FLOAT:
                return floating(format);
            case STRING:
                return NODES.textNode(
                        new String(payload(in.unpackRawStringHeader()), StandardCharsets.UTF_8));
            case BINARY:
                return JsonValues.of(payload(in.unpackBinaryHeader()));
            case ARRAY:
                return array(depth);
            case MAP:
                return map(depth);
            default:
                return extension();
        }
    }

    private JsonNode floating(MessageFormat format) throws IOException {
        boolean single = format == MessageFormat.FLOAT32;
        String text =
                single ? Float.toString(in.unpackFloat()) : Double.toString(in.unpackDouble());
        try {
            return JsonValues.decimal(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("JSON has no number " + text, e);
        }
    }

    private ArrayNode array(int depth) throws IOException {
        int elements = in.unpackArrayHeader();
        checkLeft(elements);
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < elements; i++) {
            array.add(value(depth + 1));
        }
        return array;
    }

    private ObjectNode map(int depth) throws IOException {
        int entries = in.unpackMapHeader();
        checkLeft(2L * entries);
        ObjectNode map = NODES.objectNode();
        for (int i = 0; i < entries; i++) {
            JsonNode key = value(depth + 1);
            if (key.isContainerNode()) {
                throw new IOException("a key of a map is a map or an array");
            }
            map.set(key.asText(), value(depth + 1));
        }
        return map;
    }

    private JsonNode extension() throws IOException {
        ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
        checkLeft(header.getLength());
        if (header.getType() != TIMESTAMP) {
            return JsonValues.of(payload(header.getLength()));
        }
        try {
            return JsonValues.of(in.unpackTimestamp(header));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("a time is out of range", e);
        }
    }

    private byte[] payload(int length) throws IOException {
        checkLeft(length);
        return in.readPayload(length);
    }

    private void checkLeft(long needed) throws IOException {
        if (needed < 0 || needed > size - in.getTotalReadBytes()) {
            throw new IOException("it announces more than there is");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

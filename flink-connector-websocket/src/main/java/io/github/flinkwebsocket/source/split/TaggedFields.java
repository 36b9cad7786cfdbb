package io.github.flinkwebsocket.source.split;

import org.apache.flink.annotation.Internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fields of a state, each a number and bytes behind their length, so that a newer connector can add
 * some and an older one keeps what it does not know. What has not been put is not written. Not
 * thread-safe.
 */
@Internal
public final class TaggedFields {

    private final TreeMap<Integer, byte[]> fields = new TreeMap<>();

    public void putText(int tag, String value) {
        fields.put(tag, value.getBytes(StandardCharsets.UTF_8));
    }

    public void putLong(int tag, long value) {
        fields.put(tag, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** A field without bytes, which is there or not. */
    public void putMark(int tag) {
        fields.put(tag, new byte[0]);
    }

    /** Adds the fields of another state. */
    public void putAll(TaggedFields others) {
        fields.putAll(others.fields);
    }

    /** Takes a field out, or null. */
    private byte[] take(int tag) {
        return fields.remove(tag);
    }

    /** Takes a text out; the default, which may be null, if there is none. */
    public String takeText(int tag, String otherwise) {
        byte[] value = take(tag);
        return value == null ? otherwise : new String(value, StandardCharsets.UTF_8);
    }

    /**
     * Takes a number out; the default if there is none.
     *
     * @throws IOException if it has another length
     */
    public long takeLong(int tag, long otherwise) throws IOException {
        byte[] value = take(tag);
        if (value == null) {
            return otherwise;
        }
        if (value.length != Long.BYTES) {
            throw new IOException(
                    "Field " + tag + " of the state has " + value.length + " bytes instead of 8.");
        }
        return ByteBuffer.wrap(value).getLong();
    }

    /** Takes a mark out; false if there is none. */
    public boolean takeMark(int tag) {
        return take(tag) != null;
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeInt(fields.size());
        for (Map.Entry<Integer, byte[]> field : fields.entrySet()) {
            out.writeInt(field.getKey());
            writeBytes(field.getValue(), out);
        }
    }

    public static TaggedFields read(DataInputStream in) throws IOException {
        TaggedFields read = new TaggedFields();
        for (int left = in.readInt(); left > 0; left--) {
            int tag = in.readInt();
            read.fields.put(tag, readBytes(in));
        }
        return read;
    }

    // Not writeUTF: a position may be longer than 64 KiB.
    static void writeText(String text, DataOutputStream out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The state ends in the middle of a field.");
        }
        return bytes;
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof TaggedFields) || ((TaggedFields) o).fields.size() != fields.size()) {
            return false;
        }
        return fields.entrySet().stream()
                .allMatch(
                        field ->
                                Arrays.equals(
                                        field.getValue(),
                                        ((TaggedFields) o).fields.get(field.getKey())));
    }

    @Override
    public int hashCode() {
        return fields.keySet().hashCode();
    }

    /** The numbers alone: values may be secret. */
    @Override
    public String toString() {
        return fields.keySet().toString();
    }
}

package io.github.flinkwebsocket.source.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes splits into checkpoints, the same on every Flink version. Stateless; any thread. */
@Internal
public final class WebSocketSplitSerializer implements SimpleVersionedSerializer<WebSocketSplit> {

    public static final WebSocketSplitSerializer INSTANCE = new WebSocketSplitSerializer();
    private static final int VERSION_0 = 0;

    @Override
    public int getVersion() {
        return VERSION_0;
    }

    @Override
    public byte[] serialize(WebSocketSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(split, out);
        }
        return bytes.toByteArray();
    }

    @Override
    public WebSocketSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION_0) {
            throw new IOException(
                    "A split was written in version "
                            + version
                            + ", which this connector does not know; it knows version 0.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            return read(in);
        }
    }

    /** Appends a split in the current version. */
    public static void write(WebSocketSplit split, DataOutputStream out) throws IOException {
        writeText(split.splitId(), out);
        out.writeBoolean(split.position() != null);
        if (split.position() != null) {
            writeText(split.position(), out);
        }
        out.writeLong(split.emittedMessages());
        out.writeLong(split.startTime());
    }

    /** Reads a split of the current version. */
    public static WebSocketSplit read(DataInputStream in) throws IOException {
        String id = readText(in);
        String position = in.readBoolean() ? readText(in) : null;
        return new WebSocketSplit(id, position, in.readLong(), in.readLong());
    }

    // Not writeUTF: a position may be longer than 64 KiB.
    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private WebSocketSplitSerializer() {}
}

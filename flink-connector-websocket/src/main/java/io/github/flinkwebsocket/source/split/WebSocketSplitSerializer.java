package io.github.flinkwebsocket.source.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Writes splits into checkpoints, the same on every Flink version. Version 1: id, endpoint, then
 * {@link TaggedFields}. Stateless; any thread.
 */
@Internal
public final class WebSocketSplitSerializer implements SimpleVersionedSerializer<WebSocketSplit> {

    public static final WebSocketSplitSerializer INSTANCE = new WebSocketSplitSerializer();

    private static final int VERSION_0 = 0;
    private static final int VERSION_1 = 1;

    /** How version 0 wrote that a split had not been started. */
    private static final long V0_NOT_STARTED = -1;

    // Tags are never used again for something else.
    private static final int POSITION = 1;
    private static final int EMITTED_MESSAGES = 2;
    private static final int START_TIME = 3;
    private static final int LAST_EVENT_TIME = 4;
    private static final int EVER_LIVE = 5;
    private static final int LAST_READ = 6;
    private static final int RESTARTED = 7;

    @Override
    public int getVersion() {
        return VERSION_1;
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
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            return read(version, in);
        }
    }

    /** Appends a split in the current version. */
    public static void write(WebSocketSplit split, DataOutputStream out) throws IOException {
        TaggedFields.writeText(split.splitId(), out);
        TaggedFields.writeText(split.endpointId(), out);
        TaggedFields fields = new TaggedFields();
        fields.putAll(split.unknown());
        if (split.position() != null) {
            fields.putText(POSITION, split.position());
        }
        fields.putLong(EMITTED_MESSAGES, split.emittedMessages());
        putTime(fields, START_TIME, split.startTime());
        putTime(fields, LAST_EVENT_TIME, split.lastEventTime());
        putTime(fields, LAST_READ, split.lastRead());
        putMark(fields, EVER_LIVE, split.everLive());
        putMark(fields, RESTARTED, split.restarted());
        fields.write(out);
    }

    private static void putTime(TaggedFields fields, int tag, long time) {
        if (time != WebSocketSplit.NO_TIME) {
            fields.putLong(tag, time);
        }
    }

    private static void putMark(TaggedFields fields, int tag, boolean mark) {
        if (mark) {
            fields.putMark(tag);
        }
    }

    /**
     * Reads a split that was written in this version.
     *
     * @throws IOException if the version is not known, or the bytes are no split
     */
    public static WebSocketSplit read(int version, DataInputStream in) throws IOException {
        switch (version) {
            case VERSION_0:
                return readVersion0(in);
            case VERSION_1:
                return readVersion1(in);
            default:
                throw new IOException(
                        "A split was written in version "
                                + version
                                + ", which this connector does not know; it knows 0 and 1.");
        }
    }

    private static WebSocketSplit readVersion1(DataInputStream in) throws IOException {
        WebSocketSplit.Builder split =
                WebSocketSplit.builder(TaggedFields.readText(in), TaggedFields.readText(in));
        TaggedFields fields = TaggedFields.read(in);
        split.position(fields.takeText(POSITION, null))
                .emittedMessages(fields.takeLong(EMITTED_MESSAGES, 0))
                .startTime(fields.takeLong(START_TIME, WebSocketSplit.NO_TIME))
                .lastEventTime(fields.takeLong(LAST_EVENT_TIME, WebSocketSplit.NO_TIME))
                .lastRead(fields.takeLong(LAST_READ, WebSocketSplit.NO_TIME))
                .everLive(fields.takeMark(EVER_LIVE))
                .restarted(fields.takeMark(RESTARTED));
        return split.unknown(fields).build();
    }

    private static WebSocketSplit readVersion0(DataInputStream in) throws IOException {
        String id = TaggedFields.readText(in);
        String position = in.readBoolean() ? TaggedFields.readText(in) : null;
        long emittedMessages = in.readLong();
        long startTime = in.readLong();
        return WebSocketSplit.builder(id, id)
                .position(position)
                .emittedMessages(emittedMessages)
                .startTime(startTime == V0_NOT_STARTED ? WebSocketSplit.NO_TIME : startTime)
                // It brought messages, so it was.
                .everLive(emittedMessages > 0)
                .build();
    }

    private WebSocketSplitSerializer() {}
}

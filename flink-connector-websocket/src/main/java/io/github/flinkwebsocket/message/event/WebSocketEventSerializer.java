package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;

/**
 * Writes events between tasks and into state: a byte with the version of the format, four with the
 * length of the rest, and the tree as {@link TreeWriter} writes it. Not thread-safe; each thread
 * has a duplicate.
 */
@Internal
public final class WebSocketEventSerializer extends TypeSerializer<WebSocketEvent> {

    /** The version that is written; all up to it are read. */
    static final int FORMAT = 0;

    private static final long serialVersionUID = 1L;

    private transient TreeWriter writer;
    private transient TreeReader reader;
    private transient byte[] copied;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<WebSocketEvent> duplicate() {
        return new WebSocketEventSerializer();
    }

    @Override
    public WebSocketEvent createInstance() {
        return WebSocketEvent.ofComplete(EventJson.NODES.objectNode());
    }

    @Override
    public WebSocketEvent copy(WebSocketEvent from) {
        return WebSocketEvent.ofComplete(from.toJson().deepCopy());
    }

    @Override
    public WebSocketEvent copy(WebSocketEvent from, WebSocketEvent reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(WebSocketEvent event, DataOutputView target) throws IOException {
        if (writer == null) {
            writer = new TreeWriter();
        }
        writer.write(event.toJson());
        target.writeByte(FORMAT);
        target.writeInt(writer.length());
        target.write(writer.buffer(), 0, writer.length());
        writer.release();
    }

    @Override
    public WebSocketEvent deserialize(DataInputView source) throws IOException {
        checkFormat(source.readByte());
        if (reader == null) {
            reader = new TreeReader();
        }
        JsonNode tree = reader.read(source, source.readInt());
        if (!tree.isObject()) {
            throw new IOException("The bytes of an event do not hold an object.");
        }
        return WebSocketEvent.ofComplete((ObjectNode) tree);
    }

    @Override
    public WebSocketEvent deserialize(WebSocketEvent reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        byte format = source.readByte();
        checkFormat(format);
        int length = source.readInt();
        target.writeByte(format);
        target.writeInt(length);
        if (copied == null) {
            copied = new byte[4096];
        }
        for (int left = length; left > 0; ) {
            int step = Math.min(left, copied.length);
            source.readFully(copied, 0, step);
            target.write(copied, 0, step);
            left -= step;
        }
    }

    private static void checkFormat(int format) throws IOException {
        if (format < 0 || format > FORMAT) {
            throw new IOException(
                    String.format(
                            "An event was written in format %d, which this connector does not know; it"
                                    + " knows formats up to %d.",
                            format, FORMAT));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebSocketEventSerializer;
    }

    @Override
    public int hashCode() {
        return WebSocketEventSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<WebSocketEvent> snapshotConfiguration() {
        return new WebSocketEventSerializerSnapshot();
    }
}

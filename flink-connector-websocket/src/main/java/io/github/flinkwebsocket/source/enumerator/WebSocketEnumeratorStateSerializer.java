package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.source.split.TaggedFields;
import io.github.flinkwebsocket.source.split.WebSocketSplit;
import io.github.flinkwebsocket.source.split.WebSocketSplitSerializer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the enumerator's state into checkpoints. Version 1: the version of the splits, those
 * assigned, those not, then {@link TaggedFields}. Stateless; any thread.
 */
@Internal
public final class WebSocketEnumeratorStateSerializer
        implements SimpleVersionedSerializer<WebSocketEnumeratorState> {

    public static final WebSocketEnumeratorStateSerializer INSTANCE =
            new WebSocketEnumeratorStateSerializer();

    private static final int VERSION_0 = 0;
    private static final int VERSION_1 = 1;

    @Override
    public int getVersion() {
        return VERSION_1;
    }

    @Override
    public byte[] serialize(WebSocketEnumeratorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(WebSocketSplitSerializer.INSTANCE.getVersion());
            writeSplits(state.assigned(), out);
            writeSplits(state.unassigned(), out);
            state.unknown().write(out);
        }
        return bytes.toByteArray();
    }

    private static void writeSplits(List<WebSocketSplit> splits, DataOutputStream out)
            throws IOException {
        out.writeInt(splits.size());
        for (WebSocketSplit split : splits) {
            WebSocketSplitSerializer.write(split, out);
        }
    }

    @Override
    public WebSocketEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            switch (version) {
                case VERSION_0:
                    return readVersion0(in);
                case VERSION_1:
                    int splitVersion = in.readInt();
                    return new WebSocketEnumeratorState(
                            readSplits(splitVersion, in),
                            readSplits(splitVersion, in),
                            TaggedFields.read(in));
                default:
                    throw new IOException(
                            "The enumerator's state was written in version "
                                    + version
                                    + ", which this connector does not know; it knows 0 and 1.");
            }
        }
    }

    /** Of assigned splits, version 0 wrote the ids alone. */
    private static WebSocketEnumeratorState readVersion0(DataInputStream in) throws IOException {
        List<WebSocketSplit> assigned = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            assigned.add(WebSocketSplit.fresh(in.readUTF()));
        }
        return new WebSocketEnumeratorState(assigned, readSplits(VERSION_0, in));
    }

    private static List<WebSocketSplit> readSplits(int version, DataInputStream in)
            throws IOException {
        List<WebSocketSplit> splits = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            splits.add(WebSocketSplitSerializer.read(version, in));
        }
        return splits;
    }

    private WebSocketEnumeratorStateSerializer() {}
}

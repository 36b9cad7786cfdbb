package io.github.flinkwebsocket.source.enumerator;

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

/** Writes the enumerator's state into checkpoints. Stateless; any thread. */
@Internal
public final class WebSocketEnumeratorStateSerializer
        implements SimpleVersionedSerializer<WebSocketEnumeratorState> {

    public static final WebSocketEnumeratorStateSerializer INSTANCE =
            new WebSocketEnumeratorStateSerializer();
    private static final int VERSION_0 = 0;

    @Override
    public int getVersion() {
        return VERSION_0;
    }

    @Override
    public byte[] serialize(WebSocketEnumeratorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(state.assigned().size());
            for (String id : state.assigned()) {
                out.writeUTF(id);
            }
            out.writeInt(state.unassigned().size());
            for (WebSocketSplit split : state.unassigned()) {
                WebSocketSplitSerializer.write(split, out);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public WebSocketEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION_0) {
            throw new IOException(
                    "The enumerator's state was written in version "
                            + version
                            + ", which this connector does not know; it knows version 0.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            List<String> assigned = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                assigned.add(in.readUTF());
            }
            List<WebSocketSplit> unassigned = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                unassigned.add(WebSocketSplitSerializer.read(in));
            }
            return new WebSocketEnumeratorState(assigned, unassigned);
        }
    }

    private WebSocketEnumeratorStateSerializer() {}
}

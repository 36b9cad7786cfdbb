package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Says in a checkpoint which format its events are written in. Every event carries its format too,
 * so state of older formats is read as it is. Task thread.
 */
@Internal
public final class WebSocketEventSerializerSnapshot
        implements TypeSerializerSnapshot<WebSocketEvent> {

    private static final int VERSION_0 = 0;

    private int format = WebSocketEventSerializer.FORMAT;

    @Override
    public int getCurrentVersion() {
        return VERSION_0;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeByte(format);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException {
        if (version != VERSION_0) {
            throw new IOException(
                    "The snapshot of an event serializer has version "
                            + version
                            + ", which this connector does not know; it knows version 0.");
        }
        format = in.readByte();
    }

    @Override
    public TypeSerializer<WebSocketEvent> restoreSerializer() {
        return new WebSocketEventSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<WebSocketEvent> resolveSchemaCompatibility(
            TypeSerializerSnapshot<WebSocketEvent> old) {
        boolean readable =
                old instanceof WebSocketEventSerializerSnapshot
                        && ((WebSocketEventSerializerSnapshot) old).format <= format;
        return readable
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}

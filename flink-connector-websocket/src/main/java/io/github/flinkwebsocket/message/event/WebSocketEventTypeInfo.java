package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The type of events. No key: group by a field instead, because events are mutable. Runs where the
 * job is put together.
 */
@PublicEvolving
public final class WebSocketEventTypeInfo extends TypeInformation<WebSocketEvent> {

    public static final WebSocketEventTypeInfo INSTANCE = new WebSocketEventTypeInfo();

    private static final long serialVersionUID = 1L;

    private WebSocketEventTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<WebSocketEvent> getTypeClass() {
        return WebSocketEvent.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    /** What Flink 2 calls. */
    @Override
    public TypeSerializer<WebSocketEvent> createSerializer(SerializerConfig config) {
        return new WebSocketEventSerializer();
    }

    /** What Flink 1 asks for; gone in Flink 2. */
    @Override
    @SuppressWarnings("deprecation")
    public TypeSerializer<WebSocketEvent> createSerializer(ExecutionConfig config) {
        return new WebSocketEventSerializer();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WebSocketEventTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebSocketEventTypeInfo;
    }

    @Override
    public int hashCode() {
        return WebSocketEventTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "WebSocketEvent";
    }

    private Object readResolve() {
        return INSTANCE;
    }
}

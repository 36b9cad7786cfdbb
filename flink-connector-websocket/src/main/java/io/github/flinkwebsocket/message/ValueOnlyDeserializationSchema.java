package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

import java.io.IOException;

import static org.apache.flink.util.Preconditions.checkNotNull;

/** Hands the payload to a Flink {@link DeserializationSchema}. Runs on the task thread. */
@Internal
final class ValueOnlyDeserializationSchema<T> implements WebSocketDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final DeserializationSchema<T> schema;

    ValueOnlyDeserializationSchema(DeserializationSchema<T> schema) {
        this.schema = checkNotNull(schema, "The deserialization schema must not be null.");
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        schema.open(context);
    }

    @Override
    public void deserialize(WebSocketMessage message, Collector<T> out) throws IOException {
        schema.deserialize(message.getPayload(), out);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }
}

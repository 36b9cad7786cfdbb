package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/** Emits payloads as strings. Runs on the task thread. */
@Internal
final class TextDeserializationSchema implements WebSocketDeserializationSchema<String> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(WebSocketMessage message, Collector<String> out) {
        out.collect(message.getText());
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}

package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.Serializable;

/**
 * Turns a WebSocket message into no, one or many records. Runs on the task thread only.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public interface WebSocketDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /**
     * Called once, before the first message.
     *
     * @param context gives the metric group and the user code class loader
     */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Decodes one message.
     *
     * @param message the message; may be kept
     * @param out takes the records; what was collected before an exception is emitted
     * @throws IOException if the message can't be decoded; the option {@code error-policy} says
     *     what follows. Unchecked exceptions are treated alike.
     */
    void deserialize(WebSocketMessage message, Collector<T> out) throws IOException;

    /**
     * The timestamp of a record, in epoch milliseconds: that of its message unless the schema knows
     * better. A timestamp assigner of the watermark strategy sees it and may replace it.
     */
    default long getTimestamp(T record, WebSocketMessage message) {
        return message.getTimestamp();
    }

    /** Decodes the payload with a Flink schema and ignores the rest of the message. */
    static <T> WebSocketDeserializationSchema<T> valueOnly(DeserializationSchema<T> schema) {
        return new ValueOnlyDeserializationSchema<>(schema);
    }

    /** Emits the payload of every message, text and binary alike, as it is. */
    static WebSocketDeserializationSchema<byte[]> bytes() {
        return new BytesDeserializationSchema();
    }

    /** Emits the payload of every message, text and binary alike, read as UTF-8. */
    static WebSocketDeserializationSchema<String> text() {
        return new TextDeserializationSchema();
    }
}

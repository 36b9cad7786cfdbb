package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.util.Collector;

/**
 * A schema that can turn a message that it failed to decode into records of its own: what {@code
 * error-policy} = {@code emit} asks for. Runs on the task thread only.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public interface ErrorEmittingDeserializationSchema<T> extends WebSocketDeserializationSchema<T> {

    /**
     * Called after {@link #deserialize}, an enricher, or a step before decoding threw.
     *
     * @param message what could not be decoded: the message, or a part of it
     * @param error what was thrown
     * @param out takes the records that stand for the bad message
     */
    void deserializeFailed(WebSocketMessage message, Exception error, Collector<T> out);
}

package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * Adds to a record what is known of its message: where it came from, when, as which number. Runs on
 * the task thread only, after decoding.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
@FunctionalInterface
public interface RecordEnricher<T> extends Serializable {

    /**
     * @param record what the deserializer made; may be changed
     * @param message the message, or the part of it, that it was made of
     * @return the record to emit, the same or another; not null
     * @throws Exception treated as a message that can't be decoded; what else the message holds is
     *     emitted
     */
    T enrich(T record, WebSocketMessage message) throws Exception;
}

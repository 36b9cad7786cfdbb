package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.RecordEnricher;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.metrics.ReaderMetrics;
import io.github.flinkwebsocket.position.PositionExtractor;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.util.Collector;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * Decodes messages and emits their records, obeying the error policy. Task thread.
 *
 * @param <T> the type of the records
 */
@Internal
final class MessageEmitter<T> implements Collector<T> {

    private static final Logger LOG = LoggerFactory.getLogger(MessageEmitter.class);
    private static final int LOG_EVERY = 1000;

    private final WebSocketDeserializationSchema<T> schema;
    @Nullable private final PositionExtractor extractor;
    private final ErrorPolicy errorPolicy;
    private final ReaderMetrics metrics;

    private SourceOutput<T> output;
    private WebSocketMessage message;

    /** What an operator behind the source threw: never an error of the message. */
    @Nullable private RuntimeException downstreamFailure;

    MessageEmitter(
            Feed feed,
            WebSocketDeserializationSchema<T> schema,
            @Nullable PositionExtractor extractor,
            @Nullable RecordEnricher<T> enricher,
            ReaderMetrics metrics) {
        this.schema = schema;
        this.extractor = extractor;
        this.errorPolicy = feed.errorPolicy();
        this.metrics = metrics;
    }

    /**
     * Emits what one message holds.
     *
     * @return its position, or null if it has none
     * @throws IOException if it can't be decoded and the error policy is {@code fail}
     */
    @Nullable
    String emit(WebSocketMessage next, SourceOutput<T> to) throws IOException {
        output = to;
        message = next;
        metrics.message(next);
        String position = null;
        try {
            schema.deserialize(next, this);
            position = extractor == null ? null : extractor.extract(next);
        } catch (IOException | RuntimeException e) {
            handle(e);
        }
        if (downstreamFailure != null) {
            // The schema has caught it, but it was not the schema's to catch.
            throw downstreamFailure;
        }
        return position;
    }

    private void handle(Exception error) throws IOException {
        if (downstreamFailure != null) {
            throw downstreamFailure;
        }
        long errors = metrics.error();
        if (errorPolicy == ErrorPolicy.FAIL) {
            throw new IOException("Could not decode " + message + ".", error);
        }
        if (errors == 1 || errors % LOG_EVERY == 0) {
            // Neither the payload nor the error's message, which may quote it.
            LOG.warn(
                    "Could not decode {}: {}. This is error number {} of the reader; the first and every"
                            + " {}th are logged.",
                    message,
                    error.getClass().getName(),
                    errors,
                    LOG_EVERY);
        }
        if (errorPolicy == ErrorPolicy.EMIT) {
            ((ErrorEmittingDeserializationSchema<T>) schema)
                    .deserializeFailed(message, error, this);
        }
    }

    @Override
    public void collect(T record) {
        long timestamp = schema.getTimestamp(record, message);
        metrics.record(message, timestamp);
        try {
            output.collect(record, timestamp);
        } catch (RuntimeException e) {
            downstreamFailure = e;
            throw e;
        }
    }

    @Override
    public void close() {}
}

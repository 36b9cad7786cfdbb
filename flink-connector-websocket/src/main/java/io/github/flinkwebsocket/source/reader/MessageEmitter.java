package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.RecordEnricher;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.message.pipeline.MessagePipeline;
import io.github.flinkwebsocket.message.pipeline.PartHandler;
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
 * Sends messages through the pipeline, decodes what comes out, and enriches and emits its records,
 * obeying the error policy. Task thread.
 *
 * @param <T> the type of the records
 */
@Internal
final class MessageEmitter<T> implements Collector<T>, PartHandler {

    private static final Logger LOG = LoggerFactory.getLogger(MessageEmitter.class);
    private static final int LOG_EVERY = 1000;

    private static final String REMEDY =
            " The feed has a position, so after each restart the server sends this message again;"
                    + " 'error-policy' = 'skip' or 'emit' gets past it.";

    private final MessagePipeline pipeline;
    private final WebSocketDeserializationSchema<T> schema;
    @Nullable private final RecordEnricher<T> enricher;
    private final ErrorPolicy errorPolicy;

    /** How to get past a message that fails the job. */
    private final String remedy;

    private final ReaderMetrics metrics;

    private long emittedRecords;
    private long decodedRecords;
    private SourceOutput<T> output;

    /** What is being decoded. */
    private WebSocketMessage part;

    /** What failed last in the present message. */
    @Nullable private WebSocketMessage failed;

    /** Whether the records that come stand for a part that could not be decoded. */
    private boolean emittingFailure;

    /** What neither schema nor enricher may catch: their own end, or that of an operator behind. */
    @Nullable private Exception fatal;

    MessageEmitter(
            Feed feed,
            WebSocketDeserializationSchema<T> schema,
            @Nullable PositionExtractor extractor,
            @Nullable RecordEnricher<T> enricher,
            ReaderMetrics metrics) {
        this.pipeline = new MessagePipeline(feed.messages(), extractor);
        this.schema = schema;
        this.enricher = enricher;
        this.errorPolicy = feed.errorPolicy();
        this.remedy = extractor == null ? "" : REMEDY;
        this.metrics = metrics;
    }

    /**
     * Emits what one message holds.
     *
     * @param lastEventTime what {@link #lastEventTime} was after the last message of its split
     * @return its position, or null if it has none
     * @throws IOException if it can't be decoded and the error policy is {@code fail}
     */
    @Nullable
    String emit(WebSocketMessage message, long lastEventTime, SourceOutput<T> to)
            throws IOException {
        output = to;
        failed = null;
        pipeline.startAt(lastEventTime);
        metrics.message(message);
        return pipeline.process(message, this);
    }

    /** The event time of the last record that had one, on the split of the last message. */
    long lastEventTime() {
        return pipeline.lastEventTime();
    }

    @Override
    public void part(WebSocketMessage next) throws IOException {
        part = next;
        try {
            schema.deserialize(next, this);
        } catch (IOException | RuntimeException e) {
            if (fatal == null) {
                failed(next, e);
            }
        }
        throwFatal();
    }

    @Override
    public void failed(WebSocketMessage next, Exception error) throws IOException {
        part = next;
        failed = next;
        long errors = metrics.error();
        if (errorPolicy == ErrorPolicy.FAIL) {
            fatal = new IOException("Could not decode " + next + "." + remedy, error);
        } else {
            log(next, error, errors);
        }
        if (errorPolicy == ErrorPolicy.EMIT) {
            emittingFailure = true;
            try {
                ((ErrorEmittingDeserializationSchema<T>) schema)
                        .deserializeFailed(next, error, this);
            } finally {
                emittingFailure = false;
            }
        }
        throwFatal();
    }

    @Override
    public void positionFailed(WebSocketMessage frame, Exception error) throws IOException {
        if (failed == null || failed.getPayload() != frame.getPayload()) {
            failed(frame, error);
        }
    }

    /** Neither the payload nor the error's message, which may quote it. */
    private static void log(WebSocketMessage message, Exception error, long errors) {
        if (errors == 1 || errors % LOG_EVERY == 0) {
            LOG.warn(
                    "Could not decode {}: {}. This is error number {} of the reader; the first and every"
                            + " {}th are logged.",
                    message,
                    error.getClass().getName(),
                    errors,
                    LOG_EVERY);
        }
    }

    @Override
    public void withoutEventTime() {
        metrics.withoutEventTime();
    }

    @Override
    public void control() {
        metrics.control();
    }

    /** How many records have been emitted by this reader. */
    long emittedRecords() {
        return emittedRecords;
    }

    /** The same without those that stand for what could not be decoded. */
    long decodedRecords() {
        return decodedRecords;
    }

    @Override
    public void collect(T record) {
        T enriched = enricher == null ? record : enrich(record);
        if (enriched != null) {
            emit(enriched);
        }
    }

    /** The enriched record, or null if that failed and the policy has been obeyed. */
    @Nullable
    private T enrich(T record) {
        WebSocketMessage of = part;
        try {
            T enriched = enricher.enrich(record, of);
            if (enriched != null) {
                return enriched;
            }
            throw new NullPointerException("The enricher returned null.");
        } catch (Exception e) {
            if (emittingFailure) {
                // It stands for a failure already.
                return record;
            }
            enrichmentFailed(of, e);
            return null;
        }
    }

    private void enrichmentFailed(WebSocketMessage of, Exception error) {
        try {
            failed(of, error);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void emit(T record) {
        long timestamp = schema.getTimestamp(record, part);
        metrics.record(part, timestamp);
        emittedRecords++;
        decodedRecords += emittingFailure ? 0 : 1;
        try {
            output.collect(record, timestamp);
        } catch (RuntimeException e) {
            fatal = e;
            throw e;
        }
    }

    private void throwFatal() throws IOException {
        if (fatal instanceof IOException) {
            throw (IOException) fatal;
        }
        if (fatal != null) {
            throw (RuntimeException) fatal;
        }
    }

    @Override
    public void close() {}
}

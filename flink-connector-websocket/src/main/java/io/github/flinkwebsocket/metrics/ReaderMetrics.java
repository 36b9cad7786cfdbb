package io.github.flinkwebsocket.metrics;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

import java.util.function.LongSupplier;

/**
 * The metrics of a reader that Flink leaves to the connector (FLIP-33), all registered at once.
 * Updated on the task thread; nothing here takes a lock or reads a clock for a message.
 */
@Internal
public final class ReaderMetrics {

    private final Counter recordsIn;
    private final Counter bytesIn;
    private final Counter recordsInErrors;
    private volatile long fetchEventTimeLag;

    /**
     * @param pendingMessages how many messages wait for the task thread; called from any thread
     * @param pendingBytes how many payload bytes wait; called from any thread
     */
    public ReaderMetrics(
            SourceReaderMetricGroup group,
            LongSupplier pendingMessages,
            LongSupplier pendingBytes) {
        recordsIn = group.getIOMetricGroup().getNumRecordsInCounter();
        bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
        recordsInErrors = group.getNumRecordsInErrorsCounter();
        group.setPendingRecordsGauge(pendingMessages::getAsLong);
        group.setPendingBytesGauge(pendingBytes::getAsLong);
        group.gauge("currentFetchEventTimeLag", () -> fetchEventTimeLag);
    }

    /** A message goes to the schema. */
    public void message(WebSocketMessage message) {
        recordsIn.inc();
        bytesIn.inc(message.getPayload().length);
    }

    /** A record was made, with this timestamp. */
    public void record(WebSocketMessage message, long timestamp) {
        fetchEventTimeLag = message.getReceiveTime() - timestamp;
    }

    /** A message could not be decoded; returns how many so far. */
    public long error() {
        recordsInErrors.inc();
        return recordsInErrors.getCount();
    }
}

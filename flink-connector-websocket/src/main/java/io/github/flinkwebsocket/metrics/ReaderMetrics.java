package io.github.flinkwebsocket.metrics;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.session.SessionStatus;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

import javax.annotation.Nullable;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The metrics of a reader that Flink leaves to the connector (FLIP-33), and the connector's own
 * under {@code websocket.feed.<id>}, all registered at once. With {@code enable-metric} = false
 * only the counters that Flink registers itself are kept. Updated on the task thread; nothing here
 * takes a lock or reads a clock for a message.
 */
@Internal
public final class ReaderMetrics {

    private final Counter recordsIn;
    private final Counter bytesIn;
    private final Counter recordsInErrors;
    private final Counter controlMessages = new SimpleCounter();
    private final Counter recordsWithoutEventTime = new SimpleCounter();
    @Nullable private final MetricGroup feedGroup;
    private volatile long fetchEventTimeLag;

    /**
     * @param pendingMessages how many messages wait for the task thread; called from any thread
     * @param pendingBytes how many payload bytes wait; called from any thread
     * @param mailboxUsage how full the mailbox is, from 0 to 1; called from any thread
     */
    public ReaderMetrics(
            SourceReaderMetricGroup group,
            Feed feed,
            LongSupplier pendingMessages,
            LongSupplier pendingBytes,
            DoubleSupplier mailboxUsage) {
        recordsIn = group.getIOMetricGroup().getNumRecordsInCounter();
        bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
        recordsInErrors = group.getNumRecordsInErrorsCounter();
        if (!feed.metricsEnabled()) {
            feedGroup = null;
            return;
        }
        group.setPendingRecordsGauge(pendingMessages::getAsLong);
        group.setPendingBytesGauge(pendingBytes::getAsLong);
        group.gauge(ConnectorMetric.FETCH_EVENT_TIME_LAG.key(), () -> fetchEventTimeLag);
        feedGroup = group.addGroup("websocket").addGroup("feed", feed.id());
        feedGroup.counter(ConnectorMetric.CONTROL_MESSAGES.key(), controlMessages);
        feedGroup.counter(
                ConnectorMetric.RECORDS_WITHOUT_EVENT_TIME.key(), recordsWithoutEventTime);
        feedGroup.gauge(
                ConnectorMetric.MAILBOX_USAGE.key(), (Gauge<Double>) mailboxUsage::getAsDouble);
    }

    /**
     * Registers the metrics of a split.
     *
     * @param dropped how many messages the overflow policy has dropped; called from any thread
     * @param overflows how often it began to drop; called from any thread
     */
    public SplitMetrics split(
            String splitId, SessionStatus status, LongSupplier dropped, LongSupplier overflows) {
        return feedGroup == null
                ? SplitMetrics.none()
                : SplitMetrics.register(feedGroup, splitId, status, dropped, overflows);
    }

    /** A message goes to the schema. */
    public void message(WebSocketMessage message) {
        recordsIn.inc();
        bytesIn.inc(message.getPayload().length);
    }

    /** A record was made, with this timestamp. */
    public void record(WebSocketMessage message, long timestamp) {
        if (timestamp != WebSocketMessage.NO_EVENT_TIME) {
            long lag = message.getReceiveTime() - timestamp;
            fetchEventTimeLag = timestamp < 0 && lag < 0 ? Long.MAX_VALUE : lag;
        }
    }

    /** A record has no event time of its own. */
    public void withoutEventTime() {
        recordsWithoutEventTime.inc();
    }

    /** A frame held no record. */
    public void control() {
        controlMessages.inc();
    }

    /** A message, or a part of one, could not be decoded; returns how many so far. */
    public long error() {
        recordsInErrors.inc();
        return recordsInErrors.getCount();
    }
}

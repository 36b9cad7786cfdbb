package io.github.flinkwebsocket.metrics;

import io.github.flinkwebsocket.session.SessionStatus;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

import javax.annotation.Nullable;

import java.util.function.LongSupplier;

/**
 * The metrics of one split, under {@code websocket.feed.<feed id>.split.<split id>}, which go when
 * the split goes. Made and closed on the task thread; read by reporters.
 */
@Internal
public final class SplitMetrics implements AutoCloseable {

    @Nullable private final MetricGroup group;

    private SplitMetrics(@Nullable MetricGroup group) {
        this.group = group;
    }

    /** Registers nothing. */
    static SplitMetrics none() {
        return new SplitMetrics(null);
    }

    static SplitMetrics register(
            MetricGroup feedGroup,
            String splitId,
            SessionStatus status,
            LongSupplier dropped,
            LongSupplier overflows) {
        SplitMetrics metrics = new SplitMetrics(feedGroup.addGroup("split", splitId));
        metrics.gauge(ConnectorMetric.CONNECTION_STATE, () -> status.state().code());
        metrics.gauge(ConnectorMetric.CONNECTS, status::connects);
        metrics.gauge(ConnectorMetric.RECONNECTS, status::reconnects);
        metrics.gauge(ConnectorMetric.DOWNTIME, status::downtimeMillis);
        metrics.gauge(ConnectorMetric.LAST_CLOSE_CODE, status::lastCloseCode);
        metrics.gauge(ConnectorMetric.LAST_FAILURE, status::lastFailure);
        metrics.gauge(ConnectorMetric.MESSAGES_RECEIVED, status::messagesReceived);
        metrics.gauge(ConnectorMetric.BYTES_RECEIVED, status::bytesReceived);
        metrics.gauge(ConnectorMetric.FRAMES_WITHOUT_DATA, status::framesWithoutData);
        metrics.gauge(ConnectorMetric.MESSAGES_DROPPED, dropped::getAsLong);
        metrics.gauge(ConnectorMetric.GAPS, () -> status.gaps() + overflows.getAsLong());
        metrics.gauge(ConnectorMetric.TIME_SINCE_LAST_MESSAGE, status::timeSinceLastRecord);
        return metrics;
    }

    private void gauge(ConnectorMetric metric, Gauge<?> value) {
        group.gauge(metric.key(), value);
    }

    /** Unregisters the metrics. Flink's public interface has no way to do it, hence the cast. */
    @Override
    public void close() {
        if (group instanceof AbstractMetricGroup) {
            ((AbstractMetricGroup<?>) group).close();
        }
    }
}

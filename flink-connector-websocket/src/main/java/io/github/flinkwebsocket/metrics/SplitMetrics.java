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
            MetricGroup feedGroup, String splitId, SessionStatus status, LongSupplier dropped) {
        MetricGroup group = feedGroup.addGroup("split", splitId);
        group.gauge("connectionState", (Gauge<Integer>) () -> status.state().code());
        group.gauge("connects", status::connects);
        group.gauge("reconnects", status::reconnects);
        group.gauge("lastCloseCode", status::lastCloseCode);
        group.gauge("messagesDropped", dropped::getAsLong);
        group.gauge("timeSinceLastMessage", () -> sinceLastMessage(status));
        return new SplitMetrics(group);
    }

    /** In milliseconds; -1 before the first message. */
    private static long sinceLastMessage(SessionStatus status) {
        long last = status.lastMessageTime();
        return last == 0 ? -1 : Math.max(0, System.currentTimeMillis() - last);
    }

    /** Unregisters the metrics. Flink's public interface has no way to do it, hence the cast. */
    @Override
    public void close() {
        if (group instanceof AbstractMetricGroup) {
            ((AbstractMetricGroup<?>) group).close();
        }
    }
}

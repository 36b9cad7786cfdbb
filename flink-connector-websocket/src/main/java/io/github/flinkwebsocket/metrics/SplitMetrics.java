package io.github.flinkwebsocket.metrics;

import io.github.flinkwebsocket.session.SessionStatus;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

import java.util.function.LongSupplier;

/**
 * The metrics of one split, under {@code websocket.split.<id>}, which go when the split goes. Made
 * and closed on the task thread; read by reporters.
 */
@Internal
public final class SplitMetrics implements AutoCloseable {

    private final MetricGroup group;

    /**
     * @param readerGroup the group of the reader
     * @param dropped how many messages the overflow policy has dropped; called from any thread
     */
    public SplitMetrics(
            MetricGroup readerGroup, String splitId, SessionStatus status, LongSupplier dropped) {
        group = readerGroup.addGroup("websocket").addGroup("split", splitId);
        group.gauge("connectionState", (Gauge<Integer>) () -> status.state().code());
        group.gauge("connects", status::connects);
        group.gauge("reconnects", status::reconnects);
        group.gauge("lastCloseCode", status::lastCloseCode);
        group.gauge("messagesDropped", dropped::getAsLong);
        group.gauge("timeSinceLastMessage", () -> sinceLastMessage(status));
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

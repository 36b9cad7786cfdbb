package io.github.flinkwebsocket.examples;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the source's metrics out of a cluster in this JVM. A metric that is removed, because its
 * split or task has ended, keeps its last value. Thread-safe.
 */
public final class FeedMetrics implements MetricReporter {

    /** The reports in use; Flink makes its reporters by name, so this is how it finds ours. */
    private static final Map<String, FeedMetrics> REPORTS = new ConcurrentHashMap<>();

    private static final String PREFIX = "metrics.reporter.demo.";
    private static final String ID = "id";

    /** How the metric {@code connectionState} shows an open connection. */
    private static final int OPEN = 2;

    private final Map<String, Metric> live = new ConcurrentHashMap<>();
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    /** Makes a cluster with this configuration report here. */
    static FeedMetrics reportedBy(Configuration cluster) {
        String id = UUID.randomUUID().toString();
        FeedMetrics metrics = new FeedMetrics();
        REPORTS.put(id, metrics);
        cluster.setString(PREFIX + "factory.class", Factory.class.getName());
        cluster.setString(PREFIX + ID, id);
        return metrics;
    }

    /** Records that the source has emitted. */
    public long records() {
        return value("numRecordsOut");
    }

    /** Connections that opened after the first one that did. */
    public long reconnects() {
        return value("reconnects");
    }

    /** Messages that the overflow policy has dropped. */
    public long dropped() {
        return value("messagesDropped");
    }

    /** How the last connection ended, or 0. */
    public long lastCloseCode() {
        return value("lastCloseCode");
    }

    /** Whether there is a connection now. */
    public boolean isOpen() {
        return value("connectionState") == OPEN;
    }

    /** Connection attempts. */
    public long connects() {
        return value("connects");
    }

    private synchronized long value(String name) {
        Metric metric = live.get(name);
        return metric == null ? last.getOrDefault(name, 0L) : read(metric);
    }

    private static long read(Metric metric) {
        return metric instanceof Counter
                ? ((Counter) metric).getCount()
                : ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }

    /** The demo's jobs have one source with one split, so the name is enough to tell them apart. */
    private static boolean isOurs(String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        return variables.containsKey("<split>")
                || (name.equals("numRecordsOut")
                        && variables.getOrDefault("<operator_name>", "").startsWith("Source: "));
    }

    @Override
    public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (isOurs(name, group)) {
            live.put(name, metric);
        }
    }

    @Override
    public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (live.remove(name, metric)) {
            last.put(name, read(metric));
        }
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {
        REPORTS.values().remove(this);
    }

    /** Finds the report that the configuration names. */
    public static final class Factory implements MetricReporterFactory {

        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return REPORTS.get(properties.getProperty(ID));
        }
    }
}

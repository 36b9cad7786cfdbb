package io.github.flinkwebsocket.examples;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the sources' metrics out of a cluster in this JVM. A metric that is removed, because its
 * split or task has ended, keeps its last value. Thread-safe.
 */
public final class FeedMetrics implements MetricReporter {

    /** The reports in use; Flink makes its reporters by name, so this is how it finds ours. */
    private static final Map<String, FeedMetrics> REPORTS = new ConcurrentHashMap<>();

    private static final String PREFIX = "metrics.reporter.demo.";
    private static final String ID = "id";

    /** How the metric {@code connectionState} shows an open connection. */
    private static final int OPEN = 2;

    /** The one metric that is a text. */
    private static final String LAST_FAILURE = "lastFailure";

    private static final String RECORDS = "numRecordsOut";

    /** What is read of a split; its other metrics need not even be numbers. */
    private static final Set<String> OF_SPLIT =
            Set.of("connects", "reconnects", "messagesDropped", "lastCloseCode", "connectionState");

    private final Map<Metric, FeedFigure> live = new LinkedHashMap<>();
    private final List<FeedFigure> ended = new ArrayList<>();
    private final Map<Metric, Gauge<?>> failures = new LinkedHashMap<>();
    private String endedFailure = "";

    /** Makes a cluster with this configuration report here. */
    static FeedMetrics reportedBy(Configuration cluster) {
        String id = UUID.randomUUID().toString();
        FeedMetrics metrics = new FeedMetrics();
        REPORTS.put(id, metrics);
        cluster.setString(PREFIX + "factory.class", Factory.class.getName());
        cluster.setString(PREFIX + ID, id);
        return metrics;
    }

    /** Records that the sources have emitted. */
    public long records() {
        return sum(RECORDS);
    }

    /** Connections that opened after the first one of their split that did. */
    public long reconnects() {
        return sum("reconnects");
    }

    /** The same for one split. */
    public long reconnects(String split) {
        return figures("reconnects")
                .filter(f -> f.split().equals(split))
                .mapToLong(FeedFigure::value)
                .sum();
    }

    /** Messages that the overflow policy has dropped. */
    public long dropped() {
        return sum("messagesDropped");
    }

    /** How the last connection of a split ended, or 0. */
    public long lastCloseCode(String split) {
        return figures("lastCloseCode")
                .filter(figure -> figure.split().equals(split))
                .mapToLong(FeedFigure::value)
                .reduce(0, (earlier, later) -> later);
    }

    /** Whether there is a connection now. */
    public boolean isOpen() {
        return figures("connectionState").anyMatch(figure -> figure.value() == OPEN);
    }

    /** Connection attempts. */
    public long connects() {
        return sum("connects");
    }

    /** Why a connection ended or did not open, without secrets; empty if none did. */
    public synchronized String lastFailure() {
        return failures.values().stream()
                .map(failure -> String.valueOf(failure.getValue()))
                .filter(failure -> !failure.isEmpty())
                .findFirst()
                .orElse(endedFailure);
    }

    /** The splits that there are or were. */
    public Set<String> splits() {
        return figures("connects").map(figure -> figure.split()).collect(Collectors.toSet());
    }

    private long sum(String name) {
        return figures(name).mapToLong(FeedFigure::value).sum();
    }

    /** All with this name; those that have ended first. */
    private synchronized Stream<FeedFigure> figures(String name) {
        return Stream.concat(ended.stream(), live.values().stream())
                .filter(figure -> figure.name().equals(name))
                .collect(Collectors.toList())
                .stream();
    }

    @Override
    public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        String split = variables.get("<split>");
        if (split == null ? isOfSource(name, variables) : OF_SPLIT.contains(name)) {
            live.put(metric, FeedFigure.of(name, split == null ? "" : split, metric));
        } else if (split != null && name.equals(LAST_FAILURE)) {
            failures.put(metric, (Gauge<?>) metric);
        }
    }

    private static boolean isOfSource(String name, Map<String, String> variables) {
        return name.equals(RECORDS)
                && variables.getOrDefault("<operator_name>", "").startsWith("Source: ");
    }

    @Override
    public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        FeedFigure figure = live.remove(metric);
        if (figure != null) {
            ended.add(figure.last());
        }
        Gauge<?> failure = failures.get(metric);
        if (failure != null) {
            endedFailure = lastFailure();
            failures.remove(metric);
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

package io.github.flinkwebsocket.testing;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics of the operator "feed" in the jobs of a MiniCluster. */
public final class JobMetrics {

    private static final Pattern OPERATOR = Pattern.compile(".*\\.Source: feed\\.(\\d+)\\.(.+)");

    private final InMemoryReporter reporter = InMemoryReporter.create();

    Configuration configuration() {
        return reporter.addToConfiguration(new Configuration());
    }

    /** All metrics of the subtask by their names, those of splits included. */
    public Map<String, Metric> of(TestJob job, int subtask) {
        Map<String, Metric> metrics = new TreeMap<>();
        JobID id = job.id();
        for (Map.Entry<String, Metric> entry : registered(id).entrySet()) {
            Matcher matcher = OPERATOR.matcher(entry.getKey());
            if (matcher.matches() && Integer.parseInt(matcher.group(1)) == subtask) {
                metrics.put(matcher.group(2), entry.getValue());
            }
        }
        return metrics;
    }

    /** While a job restarts, those of both attempts are there, which the reporter can't show. */
    private Map<String, Metric> registered(JobID id) {
        AtomicReference<Map<String, Metric>> found = new AtomicReference<>();
        Await.until(
                "the metrics of one attempt are registered",
                () -> {
                    try {
                        found.set(reporter.getMetricsByIdentifiers(id));
                        return true;
                    } catch (IllegalStateException e) {
                        return false;
                    }
                });
        return found.get();
    }

    /** All names and values, as a reporter that prints everything has them. */
    public String textOf(TestJob job, int subtask) {
        return of(job, subtask).entrySet().stream()
                .map(
                        entry ->
                                entry.getValue() instanceof Gauge
                                        ? entry.getKey()
                                                + "="
                                                + ((Gauge<?>) entry.getValue()).getValue()
                                        : entry.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** The value of a metric of the first subtask. */
    public long value(TestJob job, String name) {
        Metric metric = of(job, 0).get(name);
        if (metric instanceof Counter) {
            return ((Counter) metric).getCount();
        }
        if (metric instanceof Gauge) {
            return ((Number) ((Gauge<?>) metric).getValue()).longValue();
        }
        throw new AssertionError("There is no metric " + name + ": " + of(job, 0).keySet());
    }

    /** The metric of the enumerator. */
    public long unassignedSplits(TestJob job) {
        Metric metric =
                reporter.getMetricsByIdentifiers(job.id()).entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith(".enumerator.unassignedSplits"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("There is no such metric."));
        return ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }

    /** The value of a metric of the only split of the first subtask. */
    public long splitValue(TestJob job, String name) {
        return value(job, splitMetric(job, name));
    }

    private String splitMetric(TestJob job, String name) {
        return of(job, 0).keySet().stream()
                .filter(n -> n.matches("websocket\\.feed\\..+\\.split\\..+\\." + name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "No split has a metric "
                                                + name
                                                + ": "
                                                + of(job, 0).keySet()));
    }
}

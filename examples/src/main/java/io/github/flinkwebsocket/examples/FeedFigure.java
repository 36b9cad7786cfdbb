package io.github.flinkwebsocket.examples;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;

import java.util.function.LongSupplier;

/** One metric of a split or of a source. Thread-safe if the metric is. */
final class FeedFigure {

    private final String name;
    private final String split;
    private final LongSupplier metric;

    private FeedFigure(String name, String split, LongSupplier metric) {
        this.name = name;
        this.split = split;
        this.metric = metric;
    }

    /**
     * A figure that changes.
     *
     * @param split the split's id, or "" for a source
     */
    static FeedFigure of(String name, String split, Metric metric) {
        return new FeedFigure(
                name,
                split,
                metric instanceof Counter
                        ? () -> ((Counter) metric).getCount()
                        : () -> ((Number) ((Gauge<?>) metric).getValue()).longValue());
    }

    String name() {
        return name;
    }

    String split() {
        return split;
    }

    long value() {
        return metric.getAsLong();
    }

    /** The figure as it is now, for ever. */
    FeedFigure last() {
        long value = value();
        return new FeedFigure(name, split, () -> value);
    }
}

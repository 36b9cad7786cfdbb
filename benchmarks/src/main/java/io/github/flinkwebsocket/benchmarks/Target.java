package io.github.flinkwebsocket.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A figure that the connector must not exceed. */
final class Target {

    final String what;
    final double limit;
    final double measured;
    private final String format;

    private Target(String what, double limit, double measured, String format) {
        this.what = what;
        this.limit = limit;
        this.measured = measured;
        this.format = format;
    }

    /** All that could be computed from what was measured. */
    static List<Target> all(Results results) {
        Saturated at200 = new Saturated(results);
        double bare = results.micros(Case.paced(Row.BARE));
        double naive = results.micros(Case.paced(Row.NAIVE));
        double source = results.micros(Case.paced(Row.SOURCE));
        List<Target> targets = new ArrayList<>();
        targets.add(
                new Target(
                        "our connection, 200 B, × stock",
                        0.12,
                        at200.ratio(Row.CONNECTION, Row.STOCK),
                        "%.3f"));
        targets.add(
                new Target(
                        "our source, byte[], 200 B, × stock",
                        0.30,
                        at200.ratio(Row.SOURCE, Row.STOCK),
                        "%.2f"));
        targets.add(
                new Target(
                        "record out of an envelope and event time, 200 B, on top of our source, × stock",
                        0.87,
                        at200.ratio(Row.SOURCE_SELECT, Row.STOCK)
                                - at200.ratio(Row.SOURCE, Row.STOCK),
                        "%.2f"));
        targets.add(
                new Target(
                        "our source, RowData, 200 B, × naive source, RowData",
                        0.40,
                        at200.ratio(Row.SOURCE_ROWS, Row.NAIVE_ROWS),
                        "%.2f"));
        targets.add(
                new Target(
                        "our source, byte[], 20,000/s, × bare read", 1.45, source / bare, "%.2f"));
        targets.add(
                new Target(
                        "our source, byte[], 20,000/s, × naive source",
                        1.00,
                        source / naive,
                        "%.2f"));
        targets.add(
                new Target(
                        "our source, byte[], 200 B, allocated beside the payload, B/message",
                        64,
                        results.bytes(Case.saturated(Row.SOURCE, 200)) - 200,
                        "%.0f"));
        targets.add(
                new Target(
                        "100 idle connections, % of one core beyond the same job with one",
                        2, 100 * (results.load(Case.IDLE) - results.load(Case.ONE_IDLE)), "%.2f"));
        targets.removeIf(target -> Double.isNaN(target.measured));
        return targets;
    }

    boolean met() {
        return measured <= limit;
    }

    String limitText() {
        return "≤ " + String.format(Locale.ROOT, format, limit);
    }

    String measuredText() {
        return String.format(Locale.ROOT, format, measured);
    }

    /** Ratios between saturated rows of 200 B. */
    private static final class Saturated {

        private final Results results;

        Saturated(Results results) {
            this.results = results;
        }

        double ratio(Row row, Row to) {
            return results.micros(Case.saturated(row, 200))
                    / results.micros(Case.saturated(to, 200));
        }
    }
}

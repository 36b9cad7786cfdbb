package io.github.flinkwebsocket.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The measurements of all rounds; gives medians, NaN for what was not measured. */
final class Results {

    private final Map<Case, List<Measurement>> rounds = new LinkedHashMap<>();

    void add(Case measured, Measurement measurement) {
        rounds.computeIfAbsent(measured, c -> new ArrayList<>()).add(measurement);
    }

    Iterable<Case> cases() {
        return rounds.keySet();
    }

    double micros(Case of) {
        return median(of, Measurement::microsPerMessage);
    }

    double bytes(Case of) {
        return median(of, Measurement::bytesPerMessage);
    }

    double load(Case of) {
        return median(of, Measurement::load);
    }

    /** How much of the asked rate came; 1 for saturated rows. */
    double kept(Case of) {
        return of.rate == 0 ? 1 : median(of, Measurement::messagesPerSecond) / of.rate;
    }

    private double median(Case of, ToDoubleFunction<Measurement> figure) {
        double[] sorted =
                rounds.getOrDefault(of, List.of()).stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads options of the kinds that several settings have, and refuses what is out of range. */
@Internal
final class CheckedOption {

    /** Reads a duration of whole milliseconds, at least {@code minimum} milliseconds long. */
    static long millis(ReadableConfig config, ConfigOption<Duration> option, long minimum) {
        Duration duration = config.get(option);
        long millis;
        try {
            millis = duration.toMillis();
        } catch (ArithmeticException e) {
            throw InvalidOption.value(
                    option, duration, "it must be shorter than 292 million years");
        }
        if (millis < minimum) {
            throw InvalidOption.value(
                    option,
                    duration.isNegative() ? duration : TimeUtils.formatWithHighestUnit(duration),
                    minimum == 0 ? "it must not be negative" : "it must be at least 1 ms");
        }
        return millis;
    }

    /** The same for an option without a default, at least 1 ms; {@code absent} if it is not set. */
    static long millisOr(long absent, ReadableConfig config, ConfigOption<Duration> option) {
        return config.getOptional(option).isPresent() ? millis(config, option, 1) : absent;
    }

    /** Reads a number of at least 1; {@link Integer#MAX_VALUE} if there is none, nor a default. */
    static int count(ReadableConfig config, ConfigOption<Integer> option) {
        Integer count = config.get(option);
        if (count == null) {
            return Integer.MAX_VALUE;
        }
        if (count < 1) {
            throw InvalidOption.value(option, count, "it must be at least 1");
        }
        return count;
    }

    /** Reads close codes or HTTP statuses; none if there is no default either. */
    static Set<Integer> codes(
            ReadableConfig config, ConfigOption<List<Integer>> option, int min, int max) {
        List<Integer> codes = config.get(option);
        if (codes == null) {
            return Set.of();
        }
        for (int code : codes) {
            if (code < min || code > max) {
                throw InvalidOption.value(
                        option, code, "it must be between " + min + " and " + max);
            }
        }
        return Set.copyOf(codes);
    }

    private CheckedOption() {}
}

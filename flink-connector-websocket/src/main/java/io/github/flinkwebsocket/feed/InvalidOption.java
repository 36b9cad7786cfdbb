package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;

/** The one way to refuse an option: names it, its value, and what is allowed. Any thread. */
@Internal
final class InvalidOption {

    /** An exception that says that an option has a value that is not allowed. */
    static IllegalArgumentException value(ConfigOption<?> option, Object value, String allowed) {
        return new IllegalArgumentException(
                String.format(
                        "The option '%s' has the value '%s'; %s.", option.key(), value, allowed));
    }

    /** Reads a duration of whole milliseconds, at least {@code minimum} milliseconds long. */
    static long millis(ReadableConfig config, ConfigOption<Duration> option, long minimum) {
        Duration duration = config.get(option);
        long millis;
        try {
            millis = duration.toMillis();
        } catch (ArithmeticException e) {
            throw value(option, duration, "it must be shorter than 292 million years");
        }
        if (millis < minimum) {
            throw value(
                    option,
                    duration.isNegative() ? duration : TimeUtils.formatWithHighestUnit(duration),
                    minimum == 0 ? "it must not be negative" : "it must be at least 1 ms");
        }
        return millis;
    }

    private InvalidOption() {}
}

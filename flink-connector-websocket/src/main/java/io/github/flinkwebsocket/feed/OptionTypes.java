package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Refuses values that are not of their option's type, before anything else reads them. */
@Internal
public final class OptionTypes {

    /**
     * Any thread.
     *
     * @throws IllegalArgumentException for the first such value. It has no cause: what shows only
     *     the innermost one, as the SQL client does, would not show the option. Values that may be
     *     secret are not shown.
     */
    public static void check(ReadableConfig config, Collection<? extends ConfigOption<?>> options) {
        for (ConfigOption<?> option : options) {
            try {
                config.getOptional(option);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(describe(option, e));
            }
        }
    }

    private static String describe(ConfigOption<?> option, IllegalArgumentException refusal) {
        if (InvalidOption.mayBeSecret(option)) {
            return String.format(
                    "The option '%s' has a value that can't be read; it is not shown, since it may hold"
                            + " secrets. Entries are separated by ';' in lists and by ',' in maps, and a"
                            + " quote must have an end.",
                    option.key());
        }
        if (option.defaultValue() instanceof Enum) {
            // Flink's reason names the Java class.
            return refusal.getMessage() + " It must be " + values(option) + ".";
        }
        Throwable reason = refusal;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return refusal.getMessage() + (reason == refusal ? "" : " " + reason.getMessage());
    }

    /** As they are written, which is what they print. */
    private static String values(ConfigOption<?> option) {
        Class<?> type = ((Enum<?>) option.defaultValue()).getDeclaringClass();
        String values =
                Arrays.stream(type.getEnumConstants())
                        .map(value -> "'" + value + "'")
                        .collect(Collectors.joining(", "));
        int last = values.lastIndexOf(", ");
        return values.substring(0, last) + " or " + values.substring(last + 2);
    }

    private OptionTypes() {}
}

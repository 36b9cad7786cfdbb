package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.ReadableConfig;

import java.util.Collection;

/** Refuses values that are not of their option's type, before anything else reads them. */
@Internal
public final class OptionTypes {

    /**
     * Any thread.
     *
     * @throws IllegalArgumentException for the first such value. It has no cause: what shows only
     *     the innermost one, as the SQL client does, would not show the option. What Flink hides of
     *     values that look secret stays hidden.
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
        Throwable reason = refusal;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        boolean mayTell = reason != refusal && !GlobalConfiguration.isSensitive(option.key());
        return refusal.getMessage() + (mayTell ? " " + reason.getMessage() : "");
    }

    private OptionTypes() {}
}

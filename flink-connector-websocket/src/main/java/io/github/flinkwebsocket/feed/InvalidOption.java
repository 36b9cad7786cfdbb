package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;

/** The one way to refuse an option: names it, its value, and what is allowed. Any thread. */
@Internal
final class InvalidOption {

    /** An exception that says that an option has a value that is not allowed. */
    static IllegalArgumentException value(ConfigOption<?> option, Object value, String allowed) {
        return new IllegalArgumentException(
                String.format(
                        "The option '%s' has the value '%s'; %s.", option.key(), value, allowed));
    }

    private InvalidOption() {}
}

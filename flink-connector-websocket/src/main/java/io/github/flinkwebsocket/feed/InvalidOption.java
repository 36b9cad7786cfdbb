package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.GlobalConfiguration;

import java.util.Set;

/** The one way to refuse an option: names it, its value, and what is allowed. Any thread. */
@Internal
final class InvalidOption {

    /** Those whose values may hold secrets, though Flink does not know that. */
    private static final Set<ConfigOption<?>> MAY_BE_SECRET =
            Set.of(
                    WebSocketOptions.URL,
                    WebSocketOptions.INITIAL_URL,
                    WebSocketOptions.OPEN_MESSAGES,
                    WebSocketOptions.INITIAL_OPEN_MESSAGES,
                    WebSocketOptions.SUBPROTOCOLS);

    /** Whether the value of an option must not be shown as it is. */
    static boolean mayBeSecret(ConfigOption<?> option) {
        return MAY_BE_SECRET.stream().anyMatch(secret -> secret.key().equals(option.key()))
                || GlobalConfiguration.isSensitive(option.key());
    }

    /** An exception that says that an option has a value that is not allowed. */
    static IllegalArgumentException value(ConfigOption<?> option, Object value, String allowed) {
        return new IllegalArgumentException(
                String.format(
                        "The option '%s' has the value '%s'; %s.", option.key(), value, allowed));
    }

    private InvalidOption() {}
}

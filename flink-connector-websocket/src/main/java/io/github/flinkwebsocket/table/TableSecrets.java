package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.LooksSecret;
import io.github.flinkwebsocket.feed.MessageSecrets;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.GlobalConfiguration;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells whether the options of a table hold a secret that Flink would show, since it does not know
 * their names. Runs where the query is planned.
 */
@Internal
final class TableSecrets {

    /** Where options that are secret are, so that a name that is misspelt may be one of them. */
    private static final Pattern SECRET_GROUP =
            Pattern.compile("(?i)(auth|proxy|tls|http|header).*");

    /** User info, or a parameter. */
    private static final Pattern URL_WITH_SECRET = Pattern.compile("(?s).*(//[^/?#]*@|\\?).*");

    static boolean areIn(Map<String, String> options) {
        return options.entrySet().stream().anyMatch(e -> isSecret(e.getKey(), e.getValue()));
    }

    private static boolean isSecret(String key, String value) {
        if (GlobalConfiguration.isSensitive(key)) {
            return false;
        }
        if (key.equals(WebSocketOptions.URL.key())
                || key.equals(WebSocketOptions.INITIAL_URL.key())) {
            return URL_WITH_SECRET.matcher(value).matches() || LooksSecret.value(value);
        }
        if (key.equals(WebSocketOptions.OPEN_MESSAGES.key())
                || key.equals(WebSocketOptions.INITIAL_OPEN_MESSAGES.key())) {
            // However the list is written: what is no JSON is looked at as text.
            return !MessageSecrets.in(value).isEmpty()
                    || Arrays.stream(value.split(";"))
                            .anyMatch(part -> !MessageSecrets.in(part).isEmpty());
        }
        if (key.equals(WebSocketOptions.SUBPROTOCOLS.key())) {
            return LooksSecret.subprotocol(value.replace(';', '-'));
        }
        boolean known = WebSocketOptions.all().stream().anyMatch(o -> o.key().equals(key));
        return !known
                && (LooksSecret.name(key)
                        || SECRET_GROUP.matcher(key).matches()
                        || LooksSecret.value(value));
    }

    private TableSecrets() {}
}

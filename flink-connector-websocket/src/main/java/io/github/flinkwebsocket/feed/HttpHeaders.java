package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks headers of the upgrade request (RFC 9110, section 5). Any thread. */
@Internal
public final class HttpHeaders {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[ -~\t]*");
    private static final Pattern MANAGED =
            Pattern.compile("host|connection|upgrade|content-length|sec-websocket-.*");

    /** What to say of a value that {@link #isValue} refuses. */
    public static final String VALUE_RULE =
            "has control characters, or others than ASCII; HTTP can't carry them, so encode them as"
                    + " the server wants them";

    /** Those that hold no secret: they may be shown, and go to where a redirect leads. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "origin",
                    "user-agent",
                    "accept",
                    "accept-language",
                    "accept-encoding",
                    "content-type",
                    "cache-control",
                    "pragma");

    /** The headers of the option 'http-headers'. */
    static Map<String, String> read(ReadableConfig config) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ConfigOption<Map<String, String>> option = WebSocketOptions.HTTP_HEADERS;
        config.getOptional(option)
                .orElse(Map.of())
                .forEach(
                        (name, value) -> {
                            checkName(option, name);
                            if (!isValue(value)) {
                                throw InvalidOption.value(
                                        option, name, "the value of this header " + VALUE_RULE);
                            }
                            headers.put(name, value);
                        });
        return headers;
    }

    /** Refuses what is no name of a header, or one that the protocol needs. */
    static void checkName(ConfigOption<?> option, String name) {
        if (!isToken(name)) {
            // It may be a whole header, wrongly written.
            throw InvalidOption.value(option, "***", "this is not the name of a header");
        }
        if (MANAGED.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            throw InvalidOption.value(
                    option, name, "this header belongs to the protocol and can't be set");
        }
    }

    /** Whether a text is a token (RFC 9110, section 5.6.2), as names and subprotocols are. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** Whether a header holds no secret, whatever its value. */
    public static boolean isHarmless(String name) {
        return HARMLESS.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a text may be the value of a header. Other letters than ASCII are left out, because
     * every server reads them in its own way (RFC 9110, section 5.5).
     */
    public static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    private HttpHeaders() {}
}

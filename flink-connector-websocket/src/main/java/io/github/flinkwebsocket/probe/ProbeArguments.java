package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.probe.analysis.SqlText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the command line of the probe says. Main thread. Shows no value in its errors. */
@Internal
final class ProbeArguments {

    /** These may be given as the beginning of a key, one for each entry. */
    private static final List<ConfigOption<?>> MAPS =
            List.of(WebSocketOptions.HTTP_HEADERS, WebSocketOptions.ADD_FIELD);

    /** Flink's rules for lists would cut up URLs and JSON. */
    private static final List<ConfigOption<List<String>>> NOT_SPLIT =
            List.of(WebSocketOptions.INITIAL_URL, WebSocketOptions.INITIAL_OPEN_MESSAGES);

    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> openMessages = new ArrayList<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private boolean help;
    private String url;
    private String table;

    private ProbeArguments() {}

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong; says what and what would be right
     */
    static ProbeArguments parse(String... args) {
        ProbeArguments parsed = new ProbeArguments();
        for (Iterator<String> all = List.of(args).iterator(); all.hasNext(); ) {
            String name = all.next();
            if (name.equals("-h") || name.equals("--help")) {
                parsed.help = true;
                return parsed;
            }
            parsed.read(name, all.hasNext() ? all.next() : null);
        }
        if (parsed.url == null) {
            throw new IllegalArgumentException("--url is missing; ./probe --help shows all");
        }
        if (!parsed.url.contains("://")) {
            throw new IllegalArgumentException(
                    "--url needs ws:// or wss:// before the host, as in wss://feed.example/stream");
        }
        return parsed;
    }

    private void read(String name, String value) {
        if (!Set.of("--url", "--open-message", "--option", "--table").contains(name)
                && !isNumber(name)) {
            throw new IllegalArgumentException(
                    "unknown option '"
                            + SqlText.line(name.split("=", 2)[0], 40)
                            + "'; ./probe --help shows all");
        }
        if (value == null) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        switch (name) {
            case "--url":
                once(url == null, name);
                if (value.matches("(?is).*;\\s*wss?://.*")) {
                    throw new IllegalArgumentException(
                            "--url takes one URL; a table may have several, separated by ';'");
                }
                url = value;
                break;
            case "--open-message":
                openMessages.add(value);
                break;
            case "--option":
                option(value);
                break;
            case "--table":
                once(table == null, name);
                if (!SqlText.isName(value)) {
                    throw new IllegalArgumentException("--table needs a name of a table");
                }
                table = value;
                break;
            default:
                once(numbers.put(name, number(name, value)) == null, name);
        }
    }

    private static boolean isNumber(String name) {
        return Set.of("--seconds", "--messages", "--sample").contains(name);
    }

    private void option(String text) {
        String[] parts = text.split("=", 2);
        String key = parts[0].trim();
        if (parts.length == 1 || !isKnown(key)) {
            throw new IllegalArgumentException(
                    "--option needs KEY=VALUE with a key of the connector's options, not '"
                            + SqlText.line(key, 40)
                            + "'; docs/options.md lists them");
        }
        if (key.equals(WebSocketOptions.URL.key())
                || key.equals(WebSocketOptions.OPEN_MESSAGES.key())) {
            throw new IllegalArgumentException(
                    "use --" + (key.equals("url") ? "url" : "open-message") + " for '" + key + "'");
        }
        once(options.put(key, parts[1]) == null, "--option " + key);
    }

    private static boolean isKnown(String key) {
        return WebSocketOptions.all().stream().anyMatch(o -> o.key().equals(key))
                || MAPS.stream().anyMatch(o -> key.startsWith(o.key() + "."));
    }

    private static void once(boolean first, String name) {
        if (!first) {
            throw new IllegalArgumentException(name + " is given twice");
        }
    }

    private static int number(String name, String value) {
        if (value.matches("[0-9]{1,6}") && (name.equals("--sample") || !value.matches("0+"))) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException(
                name + " needs a whole number from " + (name.equals("--sample") ? 0 : 1));
    }

    boolean help() {
        return help;
    }

    String url() {
        return url;
    }

    List<String> openMessages() {
        return openMessages;
    }

    /** The options as they were given, without URL and open messages. */
    Map<String, String> options() {
        return options;
    }

    /** All options. */
    Configuration configuration() {
        Configuration configuration = Configuration.fromMap(options);
        configuration.set(WebSocketOptions.URL, List.of(url));
        for (ConfigOption<List<String>> option : NOT_SPLIT) {
            if (options.containsKey(option.key())) {
                configuration.set(option, List.of(options.get(option.key())));
            }
        }
        if (!openMessages.isEmpty()) {
            configuration.set(WebSocketOptions.OPEN_MESSAGES, openMessages);
        }
        return configuration;
    }

    String table() {
        return table == null ? "feed" : table;
    }

    int seconds() {
        return numbers.getOrDefault("--seconds", 20);
    }

    int messages() {
        return numbers.getOrDefault("--messages", 300);
    }

    int sample() {
        return numbers.getOrDefault("--sample", 3);
    }
}

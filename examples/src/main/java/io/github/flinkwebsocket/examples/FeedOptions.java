package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.OptionTypes;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Options of a feed as texts, from a file or a command line: names from {@link WebSocketOptions},
 * several values for lists, one name for each entry of a map, as in {@code http-headers.Origin}.
 * Used by one thread.
 */
final class FeedOptions {

    /** A value is one entry; Flink would cut messages and URLs at semicolons. */
    static final List<ConfigOption<List<String>>> TEXT_LISTS =
            List.of(
                    WebSocketOptions.URL,
                    WebSocketOptions.INITIAL_URL,
                    WebSocketOptions.SPLIT_NAMES,
                    WebSocketOptions.OPEN_MESSAGES,
                    WebSocketOptions.INITIAL_OPEN_MESSAGES,
                    WebSocketOptions.SUBPROTOCOLS,
                    WebSocketOptions.TAGS);

    static final List<ConfigOption<List<Integer>>> NUMBER_LISTS =
            List.of(
                    WebSocketOptions.BOUNDED_CLOSE_CODES,
                    WebSocketOptions.RETRY_FATAL_STATUSES,
                    WebSocketOptions.RETRY_FATAL_CLOSE_CODES);

    static final List<ConfigOption<Map<String, String>>> MAPS =
            List.of(WebSocketOptions.HTTP_HEADERS, WebSocketOptions.ADD_FIELD);

    private final Map<String, List<String>> texts = new LinkedHashMap<>();

    static boolean isKnown(String name) {
        return WebSocketOptions.all().stream().anyMatch(option -> option.key().equals(name))
                ? MAPS.stream().noneMatch(map -> map.key().equals(name))
                : MAPS.stream().anyMatch(map -> name.startsWith(prefix(map)))
                        && !name.endsWith(".");
    }

    private static String prefix(ConfigOption<Map<String, String>> map) {
        return map.key() + ".";
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Adds a value; an option that has one already gets another. */
    void add(String name, String text) {
        texts.computeIfAbsent(name, key -> new ArrayList<>()).add(text);
    }

    /** Sets all options that are there; what they were before does not count. */
    void replaceBy(FeedOptions others) {
        texts.putAll(others.texts);
    }

    /**
     * What the connector reads.
     *
     * @throws IllegalArgumentException if a variable is not set or a value has the wrong form; it
     *     names the option
     */
    Configuration toConfiguration(Variables variables) {
        Map<String, List<String>> left = new LinkedHashMap<>();
        texts.forEach((name, values) -> left.put(name, resolve(variables, name, values)));
        Configuration config = new Configuration();
        MAPS.forEach(map -> setMap(map, left, config));
        for (ConfigOption<List<String>> list : TEXT_LISTS) {
            List<String> values = left.remove(list.key());
            if (values != null) {
                config.set(list, values);
            }
        }
        for (ConfigOption<List<Integer>> list : NUMBER_LISTS) {
            List<String> values = left.remove(list.key());
            if (values != null) {
                left.put(list.key(), List.of(String.join(";", values)));
            }
        }
        left.forEach((name, values) -> config.setString(name, only(name, values)));
        try {
            OptionTypes.check(config, WebSocketOptions.all());
        } catch (IllegalArgumentException e) {
            throw variables.masked(e);
        }
        return config;
    }

    private static List<String> resolve(Variables variables, String name, List<String> values) {
        return values.stream()
                .map(text -> variables.resolve("The option '" + name + "'", text))
                .collect(Collectors.toList());
    }

    private static void setMap(
            ConfigOption<Map<String, String>> map,
            Map<String, List<String>> left,
            Configuration config) {
        Map<String, String> entries = new LinkedHashMap<>();
        left.forEach(
                (name, values) -> {
                    if (name.startsWith(prefix(map))) {
                        entries.put(name.substring(prefix(map).length()), only(name, values));
                    }
                });
        left.keySet().removeIf(name -> name.startsWith(prefix(map)));
        if (!entries.isEmpty()) {
            config.set(map, entries);
        }
    }

    private static String only(String name, List<String> values) {
        if (values.size() != 1) {
            throw new IllegalArgumentException(
                    "The option '" + name + "' has several values; it takes one.");
        }
        return values.get(0);
    }
}

package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.OptionTypes;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the options of {@link WebSocketOptions} from those of a table. Runs where the query is
 * planned.
 */
@Internal
final class TableOptions {

    private static final List<ConfigOption<List<String>>> URLS =
            List.of(WebSocketOptions.URL, WebSocketOptions.INITIAL_URL);

    private static final List<ConfigOption<List<String>>> MESSAGES =
            List.of(WebSocketOptions.OPEN_MESSAGES, WebSocketOptions.INITIAL_OPEN_MESSAGES);

    private static final List<ConfigOption<Map<String, String>>> MAPS =
            List.of(WebSocketOptions.HTTP_HEADERS, WebSocketOptions.ADD_FIELD);

    /** The option as the factory declares it: Flink must not parse those that we parse. */
    static ConfigOption<?> declared(ConfigOption<?> option) {
        return URLS.contains(option) || MESSAGES.contains(option) ? asText(option) : option;
    }

    /** All options but 'url', which is required. */
    static Set<ConfigOption<?>> optional() {
        Set<ConfigOption<?>> options = new LinkedHashSet<>();
        for (ConfigOption<?> option : WebSocketOptions.all()) {
            if (!option.equals(WebSocketOptions.URL)) {
                options.add(declared(option));
            }
        }
        return options;
    }

    /**
     * Earlier than Flink, whose error shows the option only in one of several causes.
     *
     * @throws ValidationException if a value is not of its option's type
     */
    static void checkTypes(ReadableConfig options, Set<ConfigOption<?>> declared) {
        try {
            OptionTypes.check(options, declared);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    /**
     * What is set of the connector's options, checked.
     *
     * @param keys the keys of all options of the table
     * @throws ValidationException if something is wrong; it names the option, the value and what is
     *     allowed
     */
    static Configuration read(ReadableConfig options, Set<String> keys) {
        Configuration config = new Configuration();
        for (ConfigOption<?> option : WebSocketOptions.all()) {
            if (declared(option).equals(option)) {
                copy(option, options, config);
            }
        }
        for (ConfigOption<List<String>> option : URLS) {
            options.getOptional(asText(option))
                    .ifPresent(text -> config.set(option, TextLists.urls(text)));
        }
        for (ConfigOption<List<String>> option : MESSAGES) {
            options.getOptional(asText(option))
                    .ifPresent(text -> config.set(option, TextLists.messages(option.key(), text)));
        }
        MAPS.forEach(option -> checkOneForm(option, keys));
        try {
            Feed.of(config);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
        return config;
    }

    private static ConfigOption<String> asText(ConfigOption<?> option) {
        return ConfigOptions.key(option.key()).stringType().noDefaultValue();
    }

    private static <T> void copy(ConfigOption<T> option, ReadableConfig from, Configuration to) {
        from.getOptional(option).ifPresent(value -> to.set(option, value));
    }

    /** Flink would take the one and ignore the other. */
    private static void checkOneForm(ConfigOption<?> map, Set<String> keys) {
        String prefix = map.key() + ".";
        for (String key : keys) {
            if (key.startsWith(prefix) && keys.contains(map.key())) {
                throw new ValidationException(
                        String.format(
                                "There are both the option '%s' and the option '%s'; write all of them"
                                        + " in one way.",
                                map.key(), key));
            }
        }
    }

    private TableOptions() {}
}

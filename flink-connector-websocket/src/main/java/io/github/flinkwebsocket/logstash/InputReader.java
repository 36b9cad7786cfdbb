package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.logstash.PipelineTree.Entry;
import io.github.flinkwebsocket.logstash.PipelineTree.Plugin;
import io.github.flinkwebsocket.logstash.PipelineTree.Value;
import io.github.flinkwebsocket.message.event.EventCodec;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and checks the settings of one {@code websocket} input, and notes whatever is wrong with
 * them. Used by one thread.
 */
@Internal
final class InputReader {

    private static final List<String> KNOWN =
            List.of("url", "mode", "codec", "add_field", "tags", "type", "id", "enable_metric");

    /** Stands for one that is missing or has been refused. */
    private static final List<String> ANY_URL = List.of("ws://localhost/");

    private static final Pattern OPTION = Pattern.compile("'([a-z-]+)'");

    private final PipelineText source;
    private final SettingValues values;
    private final PipelineErrors errors;
    private final Plugin plugin;

    InputReader(PipelineText source, SettingValues values, PipelineErrors errors, Plugin plugin) {
        this.source = source;
        this.values = values;
        this.errors = errors;
        this.plugin = plugin;
    }

    InputSettings read() {
        plugin.settings.forEach(this::checkKnown);
        InputSettings input = new InputSettings();
        readUrl(input);
        checkOneOf("mode", List.of("client"));
        readCodec(input);
        input.fields = values.hash(all("add_field"));
        input.tags = values.list(all("tags"));
        input.type = values.single(all("type"));
        input.id = values.single(all("id"));
        checkOneOf("enable_metric", List.of("true", "false"));
        input.enableMetric = values.single(all("enable_metric"));
        checkCodec(input);
        checkSource(input);
        return input;
    }

    private List<Entry> all(String name) {
        return plugin.settings.stream()
                .filter(setting -> setting.name.text.equals(name))
                .collect(Collectors.toList());
    }

    private void checkKnown(Entry setting) {
        if (!KNOWN.contains(setting.name.text)) {
            refuse(
                    setting.name.offset,
                    String.format(
                            "The websocket input has no setting '%s'; it has %s.",
                            setting.name.text, String.join(", ", KNOWN)));
        }
    }

    private void refuse(int offset, String reason) {
        errors.add(source.error(offset, reason));
    }

    private void readUrl(InputSettings input) {
        List<Entry> settings = all("url");
        if (settings.isEmpty()) {
            refuse(plugin.offset, "The setting 'url' is missing.");
        }
        ResolvedText url = values.single(settings);
        if (url != null) {
            input.url = url.asWebSocketUrl();
        }
    }

    private void checkOneOf(String name, List<String> allowed) {
        List<Entry> settings = all(name);
        ResolvedText value = values.single(settings);
        if (value != null && !allowed.contains(value.value())) {
            Value last = settings.get(settings.size() - 1).value;
            refuse(
                    last.offset,
                    String.format(
                            "The setting '%s' can only be %s, not '%s'.",
                            name, String.join(" or ", allowed), value));
        }
    }

    private void readCodec(InputSettings input) {
        List<Entry> settings = all("codec");
        if (settings.size() == 1 && settings.get(0).value instanceof Plugin) {
            Plugin codec = (Plugin) settings.get(0).value;
            input.codec = ResolvedText.of(codec.name);
            input.codecSettings = codecSettings(codec);
            return;
        }
        ResolvedText name = values.single(settings);
        if (name != null) {
            input.codec = name;
        }
    }

    private Map<String, ResolvedText> codecSettings(Plugin codec) {
        Map<String, List<Entry>> byName =
                codec.settings.stream()
                        .collect(
                                Collectors.groupingBy(
                                        setting -> setting.name.text,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<String, ResolvedText> settings = new LinkedHashMap<>();
        byName.forEach(
                (name, entries) -> {
                    ResolvedText value = values.single(entries);
                    if (value != null) {
                        settings.put(name, value);
                    }
                });
        return settings;
    }

    private void checkCodec(InputSettings input) {
        if (!isCodec(input, Map.of())) {
            return;
        }
        input.codecSettings.forEach((name, value) -> isCodec(input, Map.of(name, value.value())));
    }

    private boolean isCodec(InputSettings input, Map<String, String> settings) {
        try {
            EventCodec.named(input.codec.value(), settings);
            return true;
        } catch (IllegalArgumentException e) {
            refuse(all("codec").get(0).value.offset, e.getMessage());
            return false;
        }
    }

    /**
     * Checks the values themselves; an error is shown where the setting is. What was refused is
     * left out in the next turn, so that all are found.
     */
    private void checkSource(InputSettings input) {
        Configuration options = input.options();
        if (input.url == InputSettings.NO_URL) {
            options.set(WebSocketOptions.URL, ANY_URL);
        }
        for (boolean again = true; again; ) {
            try {
                Feed.of(options);
                return;
            } catch (IllegalArgumentException e) {
                Matcher option = OPTION.matcher(e.getMessage());
                String key = option.find() ? option.group(1) : "";
                List<Entry> settings = all(key.replace('-', '_'));
                refuse(
                        settings.isEmpty() ? plugin.offset : settings.get(0).value.offset,
                        e.getMessage());
                again = options.removeKey(key);
                if (key.equals(WebSocketOptions.URL.key())) {
                    options.set(WebSocketOptions.URL, ANY_URL);
                }
            }
        }
    }
}

package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.logstash.PipelineTree.Entry;
import io.github.flinkwebsocket.logstash.PipelineTree.Plugin;
import io.github.flinkwebsocket.logstash.PipelineTree.Value;

import org.apache.flink.annotation.Internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and checks the settings of one {@code websocket} input. Used by one thread. */
@Internal
final class InputReader {

    private static final List<String> KNOWN =
            List.of("url", "mode", "codec", "add_field", "tags", "type", "id", "enable_metric");
    private static final Pattern OPTION = Pattern.compile("'([a-z-]+)'");

    private final PipelineText source;
    private final SettingValues values;
    private final Plugin plugin;

    InputReader(PipelineText source, SettingValues values, Plugin plugin) {
        this.source = source;
        this.values = values;
        this.plugin = plugin;
    }

    InputSettings read() {
        plugin.settings.forEach(this::checkKnown);
        InputSettings input = new InputSettings();
        input.url = readUrl();
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
            throw source.error(
                    setting.name.offset,
                    String.format(
                            "The websocket input has no setting '%s'; it has %s.",
                            setting.name.text, String.join(", ", KNOWN)));
        }
    }

    private ResolvedText readUrl() {
        ResolvedText url = values.single(all("url"));
        if (url == null) {
            throw source.error(plugin.offset, "The setting 'url' is missing.");
        }
        return url;
    }

    private void checkOneOf(String name, List<String> allowed) {
        List<Entry> settings = all(name);
        ResolvedText value = values.single(settings);
        if (value != null && !allowed.contains(value.value())) {
            Value last = settings.get(settings.size() - 1).value;
            throw source.error(
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
        byName.forEach((name, entries) -> settings.put(name, values.single(entries)));
        return settings;
    }

    private void checkCodec(InputSettings input) {
        try {
            input.eventCodec();
        } catch (IllegalArgumentException e) {
            throw source.error(all("codec").get(0).value.offset, e.getMessage());
        }
    }

    /** Checks the values themselves; an error is shown where the setting is. */
    private void checkSource(InputSettings input) {
        try {
            input.source();
        } catch (IllegalArgumentException e) {
            Matcher option = OPTION.matcher(e.getMessage());
            List<Entry> settings =
                    option.find() ? all(option.group(1).replace('-', '_')) : List.of();
            throw source.error(
                    settings.isEmpty() ? plugin.offset : settings.get(0).value.offset,
                    e.getMessage());
        }
    }
}

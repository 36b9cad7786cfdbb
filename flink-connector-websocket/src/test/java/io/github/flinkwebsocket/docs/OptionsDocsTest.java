package io.github.flinkwebsocket.docs;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.Description;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class OptionsDocsTest {

    @Test
    void tableOfTheOptionsIsMadeFromTheCode() throws Exception {
        StringBuilder table = new StringBuilder();
        table.append("| Option | Default | Description |\n|---|---|---|\n");
        for (ConfigOption<?> option : WebSocketOptions.all()) {
            table.append(
                    String.format(
                            "| `%s` | %s | %s |%n",
                            option.key(),
                            defaultValue(option),
                            description(option).replace("|", "\\|")));
        }
        GeneratedDocs.check("options.md", "options", table.toString());
    }

    @Test
    void listOfAllOptionsIsComplete() throws Exception {
        List<Object> declared = new ArrayList<>();
        for (Field field : WebSocketOptions.class.getFields()) {
            declared.add(field.get(null));
        }
        assertThat(WebSocketOptions.all()).hasSameElementsAs(cast(declared));
    }

    @Test
    void everyOptionIsDescribed() {
        assertThat(WebSocketOptions.all())
                .allSatisfy(option -> assertThat(description(option)).endsWith("."));
    }

    private static List<ConfigOption<?>> cast(List<Object> options) {
        return options.stream().map(o -> (ConfigOption<?>) o).collect(Collectors.toList());
    }

    private static String defaultValue(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null || (value instanceof Collection && ((Collection<?>) value).isEmpty())) {
            return "none";
        }
        if (value instanceof Duration) {
            return "`" + TimeUtils.formatWithHighestUnit((Duration) value) + "`";
        }
        if (value instanceof MemorySize) {
            return "`" + (((MemorySize) value).getBytes() >> 20) + " mb`";
        }
        return "`" + value + "`";
    }

    private static String description(ConfigOption<?> option) {
        String text = new HtmlFormatter().format(option.description());
        if (option.defaultValue() instanceof DescribedEnum) {
            text +=
                    Arrays.stream(option.defaultValue().getClass().getEnumConstants())
                            .map(value -> "`" + value + "`: " + description((DescribedEnum) value))
                            .collect(Collectors.joining("; ", " ", "."));
        }
        return text;
    }

    private static String description(DescribedEnum value) {
        return new HtmlFormatter()
                .format(Description.builder().text("%s", value.getDescription()).build());
    }
}

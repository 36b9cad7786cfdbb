package io.github.flinkwebsocket.feed;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is said of a value that is not of its option's type. */
class OptionTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mailbox.overflow    | drop | It must be 'block', 'drop-oldest', 'drop-newest' or 'fail'.",
                "error-policy        | FALSE | It must be 'fail', 'skip' or 'emit'.",
                "mailbox.max-messages | many | For input string: \"many\"",
            })
    void allowedValuesAreNamed(String key, String value, String allowed) {
        assertThatThrownBy(() -> check(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Could not parse value '%s' for key '%s'. %s", value, key, allowed)
                .hasNoCause();
    }

    @ParameterizedTest
    @MethodSource("enumerations")
    void noErrorNamesAJavaClass(ConfigOption<?> option) {
        String values =
                Arrays.stream(option.defaultValue().getClass().getEnumConstants())
                        .map(value -> "'" + value + "'")
                        .collect(Collectors.joining(", "));
        assertThatThrownBy(() -> check(option.key(), "x"))
                .hasMessageNotContaining("class")
                .hasMessageNotContaining("io.github")
                .hasMessageContaining(values.substring(0, values.lastIndexOf(", ")));
    }

    static List<ConfigOption<?>> enumerations() {
        return WebSocketOptions.all().stream()
                .filter(option -> option.defaultValue() instanceof Enum)
                .collect(Collectors.toList());
    }

    private static void check(String key, String value) {
        OptionTypes.check(Configuration.fromMap(Map.of(key, value)), WebSocketOptions.all());
    }
}

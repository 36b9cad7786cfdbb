package io.github.flinkwebsocket.probe.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** The type of a column, by the values that were seen. */
class SqlTypesTest {

    private final SqlTypes types = new SqlTypes();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true, null, false|BOOLEAN",
                "1, -2|BIGINT",
                "999999999999999999|BIGINT",
                "9999999999999999999|DECIMAL(38, 0)",
                "1e400, 12345678901234567890123456789012345678901|DOUBLE",
                "123456789012345678901234567890123456789|STRING",
                "1, 1.5|DOUBLE",
                "1e-9|DOUBLE",
                "\"1.5\", \"2\"|DECIMAL(38, 18)",
                "\"1.5\", 2|DECIMAL(38, 18)",
                "\"0.1234567890123456789012\"|DECIMAL(38, 22)",
                "\"1234567890123456789012345.5\"|DECIMAL(38, 13)",
                "\"1234567890123456789012345.12345678901234567890\"|STRING",
                "\"1\", \"2\"|STRING",
                "\"1.5\", \"\"|STRING",
                "\"01.5\"|STRING",
                "\"1.5\", \"x\"|STRING",
                "\"x\", 1|STRING",
                "\"2026-02-25T06:13:20Z\"|TIMESTAMP_LTZ(3)",
                "\"2026-02-25T06:13:20.1234Z\"|TIMESTAMP_LTZ(6)",
                "\"2026-02-25T06:13:20.1234567Z\"|TIMESTAMP_LTZ(9)",
                "\"0000-00-00T00:00:00Z\"|STRING",
                "\"2026-02-25T06:13:20Z\", \"2026-02-30T06:13:20Z\"|STRING",
                "\"2026-12-31T23:59:60Z\"|STRING",
                "\"2026-02-25T06:13:20+01:00\"|STRING",
                "\"2026-02-25 06:13:20Z\"|STRING",
                "null|STRING",
                "{}|MAP<STRING, STRING>",
                "{\"a\":1},{\"b\":\"x\"}|ROW<a BIGINT, b STRING>",
                "{\"a\":{\"select\":[1]}}|ROW<a ROW<`select` ARRAY<BIGINT>>>",
                "{\"1\":1,\"2\":2.5}|MAP<STRING, DOUBLE>",
                "{\"a\":1},{\"b\":1},{\"c\":1},{\"d\":1},{\"e\":1},{\"f\":1}|MAP<STRING, BIGINT>",
                "{\"a\":1},{\"b\":1},{\"c\":1},{\"d\":1},{\"e\":1},{\"f\":\"x\"}"
                        + "|ROW<a BIGINT, b BIGINT, c BIGINT, d BIGINT, e BIGINT, f STRING>",
                "[]|ARRAY<STRING>",
                "[1,2],[3]|ARRAY<BIGINT>",
                "[[\"1.5\",\"2\"]]|ARRAY<ARRAY<DECIMAL(38, 18)>>",
                "[\"new\",1.5]|ARRAY<STRING>",
                "[{\"a\":1}]|ARRAY<ROW<a BIGINT>>",
                "[1],{\"a\":1}|STRING"
            })
    void fitsAllValues(String values, String type) {
        assertThat(types.type("field", guess(values))).isEqualTo(type);
    }

    @Test
    void namesOfQuantitiesLeaveRoomForFractions() {
        assertThat(types.type("price", guess("64000"))).isEqualTo("DOUBLE");
        assertThat(types.type("lastQty", guess("\"3\""))).isEqualTo("DECIMAL(38, 18)");
        assertThat(types.type("asks", guess("[[\"64000\",\"1\"]]")))
                .isEqualTo("ARRAY<ARRAY<DECIMAL(38, 18)>>");
        assertThat(types.guessed())
                .containsExactly(
                        "price may have fractions, though none was seen",
                        "lastQty may have fractions, though none was seen",
                        "asks may have fractions, though none was seen");
    }

    @Test
    void whatIsNestedTooDeepIsText() {
        String deep = "{\"a\":".repeat(20) + "1" + "}".repeat(20);
        assertThat(types.type("field", guess(deep)))
                .isEqualTo("ROW<a ".repeat(8) + "STRING" + ">".repeat(8));
    }

    @Test
    void objectsWithCountlessKeysAreMaps() {
        StringBuilder json = new StringBuilder("{\"k\":0");
        for (int i = 0; i < 2000; i++) {
            json.append(",\"k").append(i).append("\":").append(i);
        }
        assertThat(types.type("field", guess(json + "}"))).isEqualTo("MAP<STRING, BIGINT>");
    }

    @Test
    void fieldsWhoseNamesCannotBeWrittenAreLeftOut() {
        assertThat(types.type("field", guess("{\"\":1,\"a\\n\":2,\"b\":3}")))
                .isEqualTo("ROW<b BIGINT>");
        assertThat(types.type("field", guess("{\"\":1}"))).isEqualTo("STRING");
    }

    private static TypeGuess guess(String values) {
        TypeGuess guess = new TypeGuess();
        JsonNode array = JsonValues.readOne(("[" + values + "]").getBytes(StandardCharsets.UTF_8));
        array.forEach(guess::add);
        return guess;
    }
}

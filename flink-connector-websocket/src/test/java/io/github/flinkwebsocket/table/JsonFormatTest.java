package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Messages;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.json.JsonFormatFactory;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.RowRowConverter;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What comes of JSON messages in tables: what we see to, and what Flink's format does by itself.
 */
class JsonFormatTest {

    private static final DataType P = ROW(FIELD("p", INT()));
    private static final DataType PQR =
            ROW(FIELD("p", INT()), FIELD("q", INT()), FIELD("r", INT()));
    private static final String PARSER = "decode.json-parser.enabled";
    private static final String IGNORE = "ignore-parse-errors";

    private final Map<String, String> formatOptions = new HashMap<>();
    private Consumer<Configuration> feedOptions = options -> {};

    // ------------------------------------------------------------------- what we see to

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"p\":1}{\"p\":2}   | 7",
                "{\"p\":1} {\"p\":2}  | 8",
                "{\"p\":1},{\"p\":2}  | 7",
                "{\"p\":1}}           | 7",
                "{\"p\":1}]           | 7",
                "{\"p\":1}x           | 7",
                "{\"p\":\"}{\"}null   | 10",
            })
    void secondValueIsAnErrorWithOrWithoutAParser(String message, int at) {
        for (String parser : List.of("true", "false")) {
            formatOptions.put(PARSER, parser);
            assertThatThrownBy(() -> rows(P, message))
                    .hasMessage(
                            "Something follows the JSON value, at byte "
                                    + at
                                    + "; 'message.framing' says how to cut a message.");
        }
    }

    @Test
    void linesInOneMessageAreAnErrorUntilTheyAreCut() throws Exception {
        assertThatThrownBy(() -> rows(P, "{\"p\":1}\n{\"p\":2}\n"))
                .hasMessageContaining("'message.framing' says how to cut a message");
        assertThat(rows(P, " {\"p\":1}\r\n")).containsExactly(Row.of(1));
    }

    @Test
    void whatWasUnwrappedIsReadAsWell() throws Exception {
        feedOptions =
                options -> options.set(WebSocketOptions.MESSAGE_UNWRAP, MessageUnwrapping.BASE64);
        assertThatThrownBy(() -> rows(P, "{\"p\":1}{\"p\":2}"))
                .hasMessageContaining("Something follows the JSON value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"p\":1},{\"p\":2}]", "[1]"})
    void arrayIsAnErrorThatSaysHowToReadIt(String message) {
        for (String parser : List.of("true", "false")) {
            formatOptions.put(PARSER, parser);
            assertThatThrownBy(() -> rows(P, message))
                    .hasMessage(
                            "A row is made of a JSON object, but this is an array; 'message.record'"
                                    + " says where the objects are, such as /* for the elements of an"
                                    + " array.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"p\"", "true"})
    void otherValueIsAnErrorWithOrWithoutAParser(String message) {
        for (String parser : List.of("true", "false")) {
            formatOptions.put(PARSER, parser);
            assertThatThrownBy(() -> rows(P, message))
                    .hasMessageStartingWith("A row is made of a JSON object, but this is none;");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void blankMessageIsAnErrorAndBlankFrameIsNone(String text) throws Exception {
        for (String parser : List.of("true", "false")) {
            formatOptions.put(PARSER, parser);
            feedOptions = options -> {};
            assertThatThrownBy(() -> rows(P, text))
                    .hasMessage(
                            "There is no JSON in an empty or blank message; 'error-policy' = 'skip'"
                                    + " leaves it out.");
            feedOptions =
                    options -> options.set(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.LINES);
            assertThat(rows(P, text)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pong", "{\"p\":1", "{\"p\":1]", "{\"p\":}", "{bad"})
    void brokenJsonIsLeftToTheFormatWhichRefusesIt(String message) {
        for (String parser : List.of("true", "false")) {
            formatOptions.put(PARSER, parser);
            assertThatThrownBy(() -> rows(P, message))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Failed to deserialize JSON");
        }
    }

    // ------------------------------------------------------------------- what docs/formats.md says

    @Test
    void formatThatIgnoresErrorsHidesThem() throws Exception {
        formatOptions.put(IGNORE, "true");
        for (String lost : List.of("{bad", "", "[]", "{\"p\":1,\"q\":")) {
            assertThat(rows(PQR, lost)).as(lost).isEmpty();
        }
        assertThat(rows(PQR, "{\"p\":\"x\",\"q\":1}")).containsExactly(Row.of(null, 1, null));
        assertThat(rows(PQR, "{\"p\":1}{\"p\":2}")).containsExactly(Row.of(1, null, null));
    }

    @Test
    void repeatedNamesTakeValuesFromOtherColumnsUnlessATreeIsMade() throws Exception {
        String message = "{\"p\":1,\"p\":2,\"q\":3,\"r\":4}";
        assertThat(rows(PQR, message)).containsExactly(Row.of(2, 3, null));
        formatOptions.put(PARSER, "false");
        assertThat(rows(PQR, message)).containsExactly(Row.of(2, 3, 4));
    }

    @Test
    void numbersInObjectsAndArraysThatBecomeTextLoseDigits() throws Exception {
        String message = "{\"d\":{\"px\":0.12345678901234567890,\"z\":1.10}}";
        assertThat(rows(ROW(FIELD("d", STRING())), message))
                .containsExactly(Row.of("{\"px\":0.12345678901234568,\"z\":1.1}"));
        assertThat(rows(ROW(FIELD("d", ROW(FIELD("px", STRING()), FIELD("z", STRING())))), message))
                .containsExactly(Row.of(Row.of("0.12345678901234567890", "1.10")));
        assertThat(rows(ROW(FIELD("d", DataTypes.MAP(STRING(), STRING()))), message))
                .containsExactly(Row.of(Map.of("px", "0.12345678901234567890", "z", "1.10")));
        Row levels =
                rows(
                                ROW(FIELD("d", DataTypes.ARRAY(DataTypes.ARRAY(STRING())))),
                                "{\"d\":[[41006.30,0.00000001234567890123]]}")
                        .get(0);
        assertThat(((String[][]) levels.getField(0))[0])
                .containsExactly("41006.30", "0.00000001234567890123");
    }

    @Test
    void numberThatBecomesTextKeepsItsDigitsUnlessATreeIsMade() throws Exception {
        DataType text = ROW(FIELD("d", STRING()));
        assertThat(rows(text, "{\"d\":12345678901234567.890}"))
                .containsExactly(Row.of("12345678901234567.890"));
        formatOptions.put(PARSER, "false");
        assertThat(rows(text, "{\"d\":12345678901234567.890}"))
                .containsExactly(Row.of("1.2345678901234568E16"));
    }

    @Test
    void fractionsAreCutOffInWholeNumbersButNotInStrings() throws Exception {
        DataType whole = ROW(FIELD("a", DataTypes.BIGINT()));
        assertThat(rows(whole, "{\"a\":1.75}")).containsExactly(Row.of(1L));
        assertThat(rows(whole, "{\"a\":1e3}")).containsExactly(Row.of(1000L));
        assertThatThrownBy(() -> rows(whole, "{\"a\":\"1.75\"}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> rows(whole, "{\"a\":18446744073709551616}"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void decimalThatDoesNotFitIsNullAndOneThatIsTooFineIsRounded() throws Exception {
        DataType decimal = ROW(FIELD("a", DataTypes.DECIMAL(10, 2)));
        assertThat(rows(decimal, "{\"a\":12345678901.5}")).containsExactly(Row.of((Object) null));
        assertThat(rows(decimal, "{\"a\":1.005}").get(0)).hasToString("+I[1.01]");
        assertThatThrownBy(() -> rows(decimal, "{\"a\":\"x\"}")).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNotTrueIsFalse() throws Exception {
        DataType bool = ROW(FIELD("a", DataTypes.BOOLEAN()));
        assertThat(rows(bool, "{\"a\":\"yes\"}")).containsExactly(Row.of(false));
        assertThat(rows(bool, "{\"a\":1}")).containsExactly(Row.of(false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SQL      | 2026-01-02 03:04:05.678  | 2026-01-02 03:04:05.678Z",
                "ISO-8601 | 2026-01-02T03:04:05.678  | 2026-01-02T03:04:05.678Z",
            })
    void timesAreReadInOneFormWithoutAnOffset(String standard, String local, String utc)
            throws Exception {
        formatOptions.put("timestamp-format.standard", standard);
        DataType timestamp = ROW(FIELD("t", DataTypes.TIMESTAMP(3)));
        DataType instant = ROW(FIELD("t", DataTypes.TIMESTAMP_LTZ(3)));
        assertThat(rows(timestamp, "{\"t\":\"" + local + "\"}").get(0))
                .hasToString("+I[2026-01-02T03:04:05.678]");
        assertThat(rows(instant, "{\"t\":\"" + utc + "\"}").get(0))
                .hasToString("+I[2026-01-02T03:04:05.678Z]");
        for (String time : List.of('"' + local + "+01:00\"", "1767323045678")) {
            assertThatThrownBy(() -> rows(timestamp, "{\"t\":" + time + "}"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> rows(instant, "{\"t\":" + time + "}"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void missingFieldIsNullUnlessThatIsAnError() throws Exception {
        assertThat(rows(P, "{\"P\":1}")).containsExactly(Row.of((Object) null));
        formatOptions.put("fail-on-missing-field", "true");
        assertThatThrownBy(() -> rows(P, "{\"P\":1}")).isInstanceOf(IOException.class);
    }

    // ------------------------------------------------------------------- helpers

    private List<Row> rows(DataType type, String text) throws Exception {
        DeserializationSchema<RowData> decoder =
                new JsonFormatFactory()
                        .createDecodingFormat(null, Configuration.fromMap(formatOptions))
                        .createRuntimeDecoder(ScanRuntimeProviderContext.INSTANCE, type);
        Feed feed = Feeds.of("ws://feed.example", feedOptions);
        int fields = DataType.getFieldCount(type);
        RowDeserializationSchema schema =
                new RowDeserializationSchema(
                        decoder,
                        formatOptions.containsKey(IGNORE) ? null : new JsonCheck(feed.messages()),
                        fields,
                        List.of(),
                        IntStream.range(0, fields).toArray(),
                        null);
        schema.open(new Context());
        WebSocketMessage message = Messages.text(text);
        Rows rows = new Rows(type);
        schema.deserialize(message, rows);
        return rows.collected;
    }

    /** Leaves out null, as the emitter does. */
    private static final class Rows implements Collector<RowData> {

        private final List<Row> collected = new ArrayList<>();
        private final RowRowConverter converter;

        Rows(DataType type) {
            converter =
                    RowRowConverter.create(
                            TypeConversions.fromLogicalToDataType(type.getLogicalType()));
            converter.open(getClass().getClassLoader());
        }

        @Override
        public void collect(RowData row) {
            if (row != null) {
                collected.add(converter.toExternal(row));
            }
        }

        @Override
        public void close() {}
    }

    private static final class Context implements DeserializationSchema.InitializationContext {

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return null;
        }
    }
}

package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageSettings;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Allocations;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Parts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** {@code message.event-time} and its format and zone. */
class EventTimeTest {

    /** What {@link io.github.flinkwebsocket.testing.Messages} are received at. */
    private static final long RECEIVED = 1000;

    // ------------------------------------------------------------------- where it is

    @Test
    void ofTheRecord() {
        Parts parts = times("/data/*", "/data/*/t").text("{\"data\":[{\"t\":1},{\"t\":2}]}");
        assertThat(parts.times()).containsExactly(1L, 2L);
        assertThat(parts.texts).containsExactly("{\"t\":1}", "{\"t\":2}");
    }

    @Test
    void deepInTheRecord() {
        Parts parts =
                times("/data", "/data/m/1/t").text("{\"data\":{\"m\":[0,{\"t\":7}],\"x\":1}}");
        assertThat(parts.times()).containsExactly(7L);
        assertThat(parts.texts).containsExactly("{\"m\":[0,{\"t\":7}],\"x\":1}");
    }

    @Test
    void ofTheEnvelopeBeforeOrAfterTheRecords() {
        Parts parts = times("/data/*", "/ts");
        parts.text("{\"ts\":5,\"data\":[{},{}]}").text("{\"data\":[{}],\"ts\":6}");
        assertThat(parts.times()).containsExactly(5L, 5L, 6L);
    }

    @Test
    void ofAnEnvelopeInBetween() {
        Parts parts = times("/e/*/r/*", "/e/*/t");
        parts.text("{\"e\":[{\"t\":1,\"r\":[{},{}]},{\"r\":[{}],\"t\":2},{\"r\":[{}]}]}");
        assertThat(parts.times()).containsExactly(1L, 1L, 2L, RECEIVED);
    }

    @Test
    void ofAMessageWithoutRecordPointer() {
        Parts parts = new Parts().with(WebSocketOptions.MESSAGE_EVENT_TIME, "/a/t");
        parts.text("{\"x\":[1],\"a\":{\"t\":9},\"y\":1}").text("{}");
        assertThat(parts.times()).containsExactly(9L, RECEIVED);
        assertThat(parts.texts).containsExactly("{\"x\":[1],\"a\":{\"t\":9},\"y\":1}", "{}");
        assertThat(parts.controls).isZero();
    }

    @Test
    void ofARecordThatIsTheTime() {
        assertThat(times("/t/*", "/t/*").text("{\"t\":[1,2]}").times()).containsExactly(1L, 2L);
    }

    @Test
    void insideWhatIsUnwrapped() {
        Parts parts =
                times("/data", "/data/t")
                        .with(WebSocketOptions.MESSAGE_UNWRAP, MessageUnwrapping.JSON_STRING);
        parts.text("{\"data\":\"{\\\"t\\\":3}\"}");
        assertThat(parts.times()).containsExactly(3L);
        assertThat(parts.texts).containsExactly("{\"t\":3}");
    }

    @Test
    void ofTheEnvelopeOfWhatIsUnwrapped() {
        Parts parts =
                times("/data", "/t")
                        .with(WebSocketOptions.MESSAGE_UNWRAP, MessageUnwrapping.BASE64);
        assertThat(parts.text("{\"data\":\"YQ==\",\"t\":3}").times()).containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"t\":null}", "{\"t\":{}}", "{\"t\":[1]}", "[1]"})
    void isTheReceiveTimeWhereThereIsNone(String record) {
        Parts parts = times("/data/*", "/data/*/t").text("{\"data\":[" + record + "]}");
        // An array within the array is one record, since there is one star.
        assertThat(parts.times()).containsExactly(RECEIVED);
    }

    // ------------------------------------------------------------------- how it is written

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch-seconds | 1772000000              | 1772000000000",
                "epoch-seconds | 1772000000.1239         | 1772000000123",
                "epoch-seconds | '\"1772000000\"'        | 1772000000000",
                "epoch-seconds | 1.772E9                 | 1772000000000",
                "epoch-seconds | -0.0001                 | -1",
                "epoch-millis  | 1772000000123           | 1772000000123",
                "epoch-millis  | '\"1772000000123\"'     | 1772000000123",
                "epoch-millis  | '\"1772000000123.456\"' | 1772000000123",
                "epoch-micros  | 1772000000123456        | 1772000000123",
                "epoch-nanos   | 1772000000123456789     | 1772000000123",
                "epoch-nanos   | '\"1772000000123456789\"' | 1772000000123",
                "epoch-micros  | -1                      | -1",
            })
    void epochInAnyUnit(String format, String value, long millis) {
        assertThat(time(format, value)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-02-25T14:30:00Z",
                "2026-02-25T14:30:00.000000000Z",
                "2026-02-25T14:30:00+00:00",
                "2026-02-25T16:30:00+02:00",
                "2026-02-25T16:30:00+0200",
                "2026-02-25T16:30:00+02",
                "2026-02-25t14:30:00z",
                "2026-02-25 14:30:00",
                "2026-02-25T14:30",
            })
    void iso8601AsItOccurs(String text) {
        assertThat(Instant.ofEpochMilli(time("iso-8601", '"' + text + '"')))
                .isEqualTo("2026-02-25T14:30:00Z");
    }

    @Test
    void iso8601DateIsItsFirstInstant() {
        assertThat(Instant.ofEpochMilli(time("iso-8601", "\"2026-02-25\"")))
                .isEqualTo("2026-02-25T00:00:00Z");
    }

    @Test
    void fractionsOfMillisecondsAreCutOff() {
        assertThat(Instant.ofEpochMilli(time("iso-8601", "\"2026-02-25T14:30:00.123999Z\"")))
                .isEqualTo("2026-02-25T14:30:00.123Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy/MM/dd HH:mm:ss        | '\"2026/02/25 14:30:00\"'",
                "dd.MM.uuuu HH:mm XXX       | '\"25.02.2026 15:30 +01:00\"'",
                "EEE, d MMM yyyy HH:mm:ss z | '\"Wed, 25 Feb 2026 14:30:00 GMT\"'",
                "yyyyMMddHHmmss             | 20260225143000",
            })
    void patternOfJava(String pattern, String value) {
        assertThat(Instant.ofEpochMilli(time(pattern, value))).isEqualTo("2026-02-25T14:30:00Z");
    }

    @Test
    void zoneIsThatOfTimesThatNameNone() {
        Parts parts =
                times("/data", "/data/t")
                        .with(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, "iso-8601")
                        .with(WebSocketOptions.MESSAGE_EVENT_TIME_ZONE, "Europe/Berlin");
        parts.text("{\"data\":{\"t\":\"2026-07-01T12:00\"}}");
        parts.text("{\"data\":{\"t\":\"2026-07-01T12:00Z\"}}");
        assertThat(parts.times())
                .containsExactly(
                        Instant.parse("2026-07-01T10:00:00Z").toEpochMilli(),
                        Instant.parse("2026-07-01T12:00:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch-millis        | '\"\"'",
                "epoch-millis        | '\"now\"'",
                "epoch-millis        | true",
                "epoch-millis        | 1e999999999",
                "epoch-millis        | 99999999999999999999",
                "epoch-seconds       | 9223372036854775807",
                "epoch-seconds       | 17720000000000000",
                "iso-8601            | 1772000000",
                "iso-8601            | '\"yesterday\"'",
                "iso-8601            | '\"2026-02-30T00:00:00Z\"'",
                "iso-8601            | '\"+999999999-12-31T23:59:59Z\"'",
                "yyyy-MM-dd HH:mm:ss | '\"2026-02-25\"'",
            })
    void otherwiseTheRecordIsAFailureAndOthersAreNot(String format, String value) {
        Parts parts =
                times("/data/*", "/data/*/t")
                        .with(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, format);
        parts.text("{\"data\":[{\"a\":1},{\"t\":" + value + "},{\"a\":2}]}");
        assertThat(parts.texts).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(parts.failures)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("{\"t\":" + value + "}: The event time '")
                .endsWith("('message.event-time-format').");
    }

    @Test
    void millionsOfDigitsTakeNoLongerToRefuseThanToReadPast() {
        String digits = "9".repeat(4 << 20);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () ->
                        assertThat(
                                        times("/data", "/data/t")
                                                .text("{\"data\":{\"t\":" + digits + "}}")
                                                .failures)
                                .hasSize(1));
    }

    @Test
    void manyUnreadableTimesInOneMessageTakeLittleMemory() throws Exception {
        MessageSettings settings =
                Feeds.of(
                                "ws://feed.example",
                                o -> {
                                    o.set(WebSocketOptions.MESSAGE_RECORD, "/*");
                                    o.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/*/t");
                                })
                        .messages();
        RecordSelector selector =
                new RecordSelector(
                        settings.recordOrRoot(),
                        settings.eventTime(),
                        new EventTimeParser(settings.eventTimeFormat()));
        byte[] frame =
                ("[" + "{\"t\":\"x\"},".repeat(100_000) + "{}]").getBytes(StandardCharsets.UTF_8);
        selector.read(frame);
        assertThat(Allocations.of(() -> selector.read(frame))).isLessThan(40L * frame.length);
        assertThat(selector.count()).isEqualTo(100_001);
        assertThatThrownBy(() -> selector.time(77))
                .isInstanceOf(EventTimeException.class)
                .hasMessageStartingWith("The event time 'x' is not a time in epoch-millis");
    }

    @Test
    void longValueIsShortenedInTheError() {
        Parts parts =
                times("/data", "/data/t").text("{\"data\":{\"t\":\"" + "x".repeat(999) + "\"}}");
        assertThat(parts.failures.get(0)).contains("'" + "x".repeat(64) + "…'");
    }

    private static Parts times(String record, String time) {
        return Parts.ofRecords(record).with(WebSocketOptions.MESSAGE_EVENT_TIME, time);
    }

    private static long time(String format, String value) {
        Parts parts =
                times("/data", "/data/t").with(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, format);
        parts.text("{\"data\":{\"t\":" + value + "}}");
        assertThat(parts.failures).isEmpty();
        return parts.times().get(0);
    }
}

package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.EventTimeMissing;
import io.github.flinkwebsocket.feed.MessageSettings;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Allocations;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Parts;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import static io.github.flinkwebsocket.message.WebSocketMessage.NO_EVENT_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** {@code message.event-time} and its format and zone. */
class EventTimeTest {

    /** What {@link io.github.flinkwebsocket.testing.Messages} are received at. */
    private static final long RECEIVED = 1000;

    /** Long enough for the times of the tests, which are long after that. */
    private static final Duration A_MILLENNIUM = Duration.ofDays(366_000);

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
        assertThat(parts.times()).containsExactly(1L, 1L, 2L, 2L);
    }

    @Test
    void ofAMessageWithoutRecordPointer() {
        Parts parts = new Parts().with(WebSocketOptions.MESSAGE_EVENT_TIME, "/a/t");
        parts.text("{\"x\":[1],\"a\":{\"t\":9},\"y\":1}").text("{}");
        assertThat(parts.times()).containsExactly(9L, 9L);
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

    @Test
    void ofARepeatedNameIsTheLast() {
        Parts parts = times("/d/*", "/t");
        parts.text("{\"t\":1,\"d\":[{}],\"t\":2}").text("{\"t\":3,\"t\":null,\"d\":[{}]}");
        assertThat(parts.times()).containsExactly(2L, 2L);
        assertThat(parts.withoutEventTime).isEqualTo(1);
        assertThat(times("/d/*", "/a/t").text("{\"a\":{\"t\":1},\"d\":[{}],\"a\":{}}").times())
                .containsExactly(NO_EVENT_TIME);
        assertThat(times("/e/*/d", "/e/*/t").text("{\"e\":[{\"d\":1,\"t\":5,\"t\":6}]}").times())
                .containsExactly(6L);
        Parts whole = new Parts().with(WebSocketOptions.MESSAGE_EVENT_TIME, "/t");
        assertThat(whole.text("{\"t\":1,\"x\":[{}],\"t\":2}").times()).containsExactly(2L);
    }

    // ------------------------------------------------------------------- where there is none

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"t\":null}", "{\"t\":\"\"}", "[1]", "1", "{\"x\":{\"t\":1}}"})
    void recordWithoutOneHasThatOfTheRecordBeforeIt(String record) {
        Parts parts = times("/data/*", "/data/*/t");
        // An array within the array is one record, since there is one star.
        parts.text("{\"data\":[" + record + ",{\"t\":5}," + record + ",{\"t\":4}]}");
        parts.text("{\"data\":[" + record + "]}");
        assertThat(parts.times()).containsExactly(NO_EVENT_TIME, 5L, 5L, 4L, 4L);
        assertThat(parts.withoutEventTime).isEqualTo(3);
        assertThat(parts.failures).isEmpty();
    }

    @Test
    void recordWithoutOneMayHaveTheReceiveTime() {
        Parts parts =
                times("/data/*", "/data/*/t")
                        .with(
                                WebSocketOptions.MESSAGE_EVENT_TIME_MISSING,
                                EventTimeMissing.RECEIVE_TIME);
        parts.text("{\"data\":[{},{\"t\":5},{},{\"t\":true}]}");
        assertThat(parts.times()).containsExactly(RECEIVED, 5L, RECEIVED);
        assertThat(parts.failedTimes).containsExactly(RECEIVED);
        assertThat(parts.withoutEventTime).isEqualTo(2);
    }

    @Test
    void recordWithoutOneMayBeAFailure() {
        Parts parts =
                times("/data/*", "/data/*/t")
                        .with(WebSocketOptions.MESSAGE_EVENT_TIME_MISSING, EventTimeMissing.ERROR);
        parts.text("{\"data\":[{\"t\":5},{\"t\":\"\"},{\"t\":6}]}");
        assertThat(parts.times()).containsExactly(5L, 6L);
        assertThat(parts.failures)
                .containsExactly(
                        "{\"t\":\"\"}: The record has no event time where 'message.event-time' leads"
                                + " to; 'message.event-time-missing' is 'error'.");
        assertThat(parts.withoutEventTime).isZero();
    }

    @Test
    void whatIsUnwrappedMayHaveNone() {
        Parts parts =
                times("/data", "/data/t")
                        .with(WebSocketOptions.MESSAGE_UNWRAP, MessageUnwrapping.JSON_STRING);
        parts.text("{\"data\":\"{}\"}").text("{\"data\":\"{\\\"t\\\":3}\"}");
        parts.text("{\"data\":\"{\\\"t\\\":\\\"\\\"}\"}").text("{\"data\":\"null\"}");
        assertThat(parts.times()).containsExactly(NO_EVENT_TIME, 3L, 3L, 3L);
        assertThat(parts.withoutEventTime).isEqualTo(3);
    }

    @Test
    void failureMovesTheTimeNeitherForwardNorBack() {
        Parts parts = times("/data/*", "/data/*/t").text("broken");
        parts.text("{\"data\":[{\"t\":5},{\"t\":true}]}").text("broken").text("{\"data\":[{}]}");
        assertThat(parts.failedTimes).containsExactly(NO_EVENT_TIME, 5L, 5L);
        assertThat(parts.times()).containsExactly(5L, 5L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"$date\":1}|object", "[1]|array", "{}|object"})
    void objectOrArrayInItsPlaceIsAFailure(String value, String what) {
        Parts parts = times("/data", "/data/t").text("{\"data\":{\"t\":" + value + "}}");
        assertThat(parts.times()).isEmpty();
        assertThat(parts.failures)
                .hasSize(1)
                .first()
                .asString()
                .endsWith(
                        "The event time is an "
                                + what
                                + "; 'message.event-time' must lead to a number or a string.");
    }

    @Test
    void timeTooFarAheadOfTheReceiveTimeIsAFailure() {
        Parts parts =
                times("/data/*", "/data/*/t")
                        .with(WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD, Duration.ofSeconds(1));
        parts.text("{\"data\":[{\"t\":2000},{\"t\":2001},{\"t\":1772000000123456},{}]}");
        assertThat(parts.times()).containsExactly(2000L, 2000L);
        assertThat(parts.failedTimes).containsExactly(2000L, 2000L);
        assertThat(parts.failures.get(1))
                .endsWith(
                        "The event time +58122-06-12T06:15:23.456Z is more than"
                                + " 'message.event-time-max-ahead' (PT1S) after the receive time"
                                + " 1970-01-01T00:00:01Z; is it really written as"
                                + " 'message.event-time-format' says?");
    }

    @Test
    void timeInWhatIsUnwrappedMayBeTooFarAhead() {
        Parts parts =
                new Parts()
                        .with(WebSocketOptions.MESSAGE_EVENT_TIME, "/t")
                        .with(WebSocketOptions.MESSAGE_UNWRAP, MessageUnwrapping.JSON_STRING);
        parts.text("\"{\\\"t\\\":86401000}\"").text("\"{\\\"t\\\":86401001}\"");
        assertThat(parts.times()).as("a day is the default").containsExactly(86_401_000L);
        assertThat(parts.failures).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-62135596800000", "-9223372036854775807", "0"})
    void timeMayBeAsLongAgoAsItLikes(String time) {
        assertThat(time("epoch-millis", time)).isEqualTo(Long.parseLong(time));
    }

    @Test
    void anyTimeMayBeAllowedAhead() {
        Parts parts =
                times("/data", "/data/t")
                        .with(
                                WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD,
                                Duration.ofSeconds(Long.MAX_VALUE));
        parts.text("{\"data\":{\"t\":4611686018427387903}}");
        assertThat(parts.failures).isEmpty();
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
                "epoch-seconds | '\"0x69573725\"'        | 1767323429000",
                "epoch-seconds | '\"0x0000000000000000000000000000000000000000000000000000000069573725\"' | 1767323429000",
                "epoch-millis  | '\"0X19B7CAABFAE\"'     | 1767323123630",
                "epoch-nanos   | '\"0x186cc6acd4b00000\"' | 1760000000000",
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
                "2026-02-25T14:30:00 Z",
                "2026-02-25 15:30:00 +01:00",
                "2026-02-25 15:30:00 +0100",
                "2026-02-25 14:30:00 UTC",
                "2026-02-25T14:30:00,000Z",
                "2026-02-25T14:30:00.00000000000000Z",
                "20260225T143000Z",
                "20260225T1430Z",
                "20260225T153000,0+0100",
                "20260225 143000",
                "2026-02-25T143000Z",
            })
    void iso8601AsItOccurs(String text) {
        assertThat(time("iso-8601", "\"2026-02-25T14:29:60Z\""))
                .as("clocks that round")
                .isEqualTo(Instant.parse("2026-02-25T14:30:00Z").toEpochMilli());
        assertThat(Instant.ofEpochMilli(time("iso-8601", '"' + text + '"')))
                .isEqualTo("2026-02-25T14:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-25",
                "20260225",
                "2026-02-24T24:00:00Z",
                "2026-02-24T24:00Z",
                "20260224T240000.000Z",
                "2026-02-24T23:59:60Z",
                "2026-02-25T05:29:60+05:30",
                "20260224T235960Z",
                "2026-02-24T23:59:60",
            })
    void iso8601DateAndEndOfADayAreTheFirstInstantOfADay(String text) {
        assertThat(Instant.ofEpochMilli(time("iso-8601", '"' + text + '"')))
                .isEqualTo("2026-02-25T00:00:00Z");
    }

    @Test
    void iso8601DateMayBeANumber() {
        assertThat(Instant.ofEpochMilli(time("iso-8601", "20260225")))
                .isEqualTo("2026-02-25T00:00:00Z");
    }

    @Property(tries = 500)
    void iso8601IsWhatJavaReads(
            @ForAll @LongRange(min = -62_000_000_000L, max = 253_000_000_000L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        Instant instant = Instant.ofEpochSecond(seconds, nanos);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * offsetMinutes);
        String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(offset));
        assertThat(new IsoTimeParser(ZoneOffset.UTC).parse(text)).isEqualTo(instant);
    }

    @Test
    void fractionsOfMillisecondsAreCutOff() {
        for (String fraction : List.of(".123999", ",123999999999999", ".1239999999")) {
            assertThat(
                            Instant.ofEpochMilli(
                                    time("iso-8601", "\"2026-02-25T14:30:00" + fraction + "Z\"")))
                    .isEqualTo("2026-02-25T14:30:00.123Z");
        }
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
                "epoch-millis        | '\"0x\"'",
                "epoch-millis        | '\"0xffffffffffffffffff\"'",
                "epoch-millis        | '\"12ab\"'",
                "epoch-millis        | '\"now\"'",
                "epoch-millis        | true",
                "epoch-millis        | 1e999999999",
                "epoch-millis        | 99999999999999999999",
                "epoch-seconds       | 9223372036854775807",
                "epoch-seconds       | 17720000000000000",
                "iso-8601            | 1772000000",
                "iso-8601            | '\"yesterday\"'",
                "iso-8601            | '\" \"'",
                "iso-8601            | '\"2026-02-25T14:30:61Z\"'",
                "iso-8601            | '\"2026-02-25T23:59:61Z\"'",
                "iso-8601            | '\"2026-02-25T24:00:01Z\"'",
                "iso-8601            | '\"2026-02-25T25:00Z\"'",
                "iso-8601            | '\"2026-02-25T14:60Z\"'",
                "iso-8601            | '\"2026-02-25T14:30:00.Z\"'",
                "iso-8601            | '\"2026-02-25T14:30:00Zulu\"'",
                "iso-8601            | '\"2026-02-25T14:30:00+19:00\"'",
                "iso-8601            | '\"2026-02-25T\"'",
                "iso-8601            | '\"2026-2-5\"'",
                "iso-8601            | '\"202602\"'",
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
        return Parts.ofRecords(record)
                .with(WebSocketOptions.MESSAGE_EVENT_TIME, time)
                .with(WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD, A_MILLENNIUM);
    }

    private static long time(String format, String value) {
        Parts parts =
                times("/data", "/data/t").with(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, format);
        parts.text("{\"data\":{\"t\":" + value + "}}");
        assertThat(parts.failures).isEmpty();
        return parts.times().get(0);
    }
}

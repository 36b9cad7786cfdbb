package io.github.flinkwebsocket.feed;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is checked of the options {@code message.*} and of those that enrich. */
class MessageSettingsTest {

    private final Configuration config = new Configuration();

    @Test
    void nothingIsDoneWithoutOptions() {
        assertThat(feed().messages().isEmpty()).isTrue();
        assertThat(feed().enrichment().isEmpty()).isTrue();
        assertThat(feed().metricsEnabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data   | a JSON pointer is empty or begins with '/', such as /data/*",
                "/a~2   | in a JSON pointer '~' must be followed by 0 or 1",
                "/a~    | in a JSON pointer '~' must be followed by 0 or 1",
            })
    void pointersAreChecked(String pointer, String allowed) {
        config.set(WebSocketOptions.MESSAGE_RECORD, pointer);
        assertRefused(WebSocketOptions.MESSAGE_RECORD, pointer, allowed);
        config.removeConfig(WebSocketOptions.MESSAGE_RECORD);
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, pointer);
        assertRefused(WebSocketOptions.MESSAGE_EVENT_TIME, pointer, allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/*/t/*", "/other/*/t", "/*"})
    void eventTimeMayExplodeOnlyWhatTheRecordDoes(String pointer) {
        config.set(WebSocketOptions.MESSAGE_RECORD, "/data/*");
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, pointer);
        assertRefused(
                WebSocketOptions.MESSAGE_EVENT_TIME,
                pointer,
                "it may contain * only where 'message.record' has the same beginning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/0/t", "/data/t"})
    void eventTimeIsNotSoughtBesideTheElementsOfAnArray(String pointer) {
        config.set(WebSocketOptions.MESSAGE_RECORD, "/data/*");
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, pointer);
        assertRefused(
                WebSocketOptions.MESSAGE_EVENT_TIME,
                pointer,
                "where 'message.record' has *, it must have * too");
    }

    @Test
    void separatorAndItsFramingNeedEachOther() {
        config.set(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.SEPARATOR);
        assertRefused(
                WebSocketOptions.MESSAGE_FRAMING,
                "separator",
                "then 'message.separator' must be set");
        config.set(WebSocketOptions.MESSAGE_SEPARATOR, ";");
        config.set(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.LINES);
        assertRefused(
                WebSocketOptions.MESSAGE_FRAMING,
                "lines",
                "it must be 'separator' if 'message.separator' is set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''    | it must not be empty",
                "\\x   | a backslash must be followed by n, r, t, 0, \\ or u and 4 digits",
                "a\\   | a backslash must be followed by n, r, t, 0, \\ or u and 4 digits",
                "\\u1e | a backslash must be followed by n, r, t, 0, \\ or u and 4 digits",
            })
    void separatorIsChecked(String separator, String allowed) {
        config.set(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.SEPARATOR);
        config.set(WebSocketOptions.MESSAGE_SEPARATOR, separator);
        assertRefused(WebSocketOptions.MESSAGE_SEPARATOR, separator, allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch-minutes", "millis", "iso", "yyyy-MM-dd'", "HH:mm"})
    void eventTimeFormatIsChecked(String format) {
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/t");
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, format);
        assertRefused(
                WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT,
                format,
                "it must be epoch-seconds, epoch-millis, epoch-micros, epoch-nanos, iso-8601 or a"
                        + " pattern with a year, such as yyyy-MM-dd HH:mm:ss");
    }

    @Test
    void eventTimeZoneIsChecked() {
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/t");
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME_ZONE, "Berlin");
        assertRefused(
                WebSocketOptions.MESSAGE_EVENT_TIME_ZONE,
                "Berlin",
                "it must be a time zone, such as UTC, +02:00 or Europe/Berlin");
    }

    @Test
    void formatAndZoneNeedAnEventTime() {
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, "iso-8601");
        assertRefused(
                WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT,
                "iso-8601",
                "'message.event-time' must be set, too");
    }

    @Test
    void whatIsSaidOfAnEventTimeNeedsOne() {
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME_MISSING, EventTimeMissing.ERROR);
        assertRefused(
                WebSocketOptions.MESSAGE_EVENT_TIME_MISSING,
                "error",
                "'message.event-time' must be set, too");
    }

    @Test
    void eventTimeIsNotAheadByLessThanNothing() {
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/t");
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD, Duration.ofMillis(-1));
        assertRefused(
                WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD,
                "PT-0.001S",
                "it must not be negative");
    }

    @Test
    void pathsShowAsTheyAreWritten() {
        config.set(WebSocketOptions.MESSAGE_RECORD, "/a~1b/~0/*/0");
        assertThat(feed().messages().record()).hasToString("/a~1b/~0/*/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb"})
    void idIsChecked(String id) {
        config.set(WebSocketOptions.ID, id);
        assertRefused(
                WebSocketOptions.ID, id, "it must not be blank or contain control characters");
    }

    @Test
    void idIsMadeOfTheUrlsAndStaysTheSame() {
        String id = feed().id();
        assertThat(id).matches("feed\\.example-[0-9a-f]{8}").isEqualTo(feed().id());
        assertThat(feed().nameOfSplit("x")).isEqualTo("Split 'x'");
        config.set(WebSocketOptions.ID, "market");
        assertThat(feed().id()).isEqualTo("market");
        assertThat(feed().nameOfSplit("x")).isEqualTo("Split 'x' of feed 'market'");
    }

    @Test
    void emptyNamesAreRefused() {
        config.set(WebSocketOptions.ADD_FIELD, Map.of("", "x"));
        assertRefused(WebSocketOptions.ADD_FIELD, "", "the name of a field must not be empty");
        config.removeConfig(WebSocketOptions.ADD_FIELD);
        config.set(WebSocketOptions.TAGS, List.of("a", ""));
        assertRefused(WebSocketOptions.TAGS, "[a, ]", "a tag must not be empty");
        config.removeConfig(WebSocketOptions.TAGS);
        config.set(WebSocketOptions.TYPE, "");
        assertRefused(WebSocketOptions.TYPE, "", "it must not be empty");
    }

    @Test
    void tagsHaveNoDuplicates() {
        config.set(WebSocketOptions.TAGS, List.of("b", "a", "b"));
        assertThat(feed().enrichment().tags()).containsExactly("b", "a");
    }

    @Test
    void areSerializable() throws Exception {
        config.set(WebSocketOptions.MESSAGE_RECORD, "/data/*");
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/data/*/t");
        config.set(WebSocketOptions.ADD_FIELD, Map.of("a", "b"));
        Feed copy = InstantiationUtil.clone(feed());
        assertThat(copy.messages().eventTime()).hasToString("/data/*/t");
        assertThat(copy.enrichment().fields()).containsEntry("a", "b");
    }

    private Feed feed() {
        config.set(WebSocketOptions.URL, List.of("wss://feed.example/stream"));
        return Feed.of(config);
    }

    private void assertRefused(ConfigOption<?> option, String value, String allowed) {
        assertThatThrownBy(this::feed)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The option '%s' has the value '%s'; %s.", option.key(), value, allowed);
    }
}

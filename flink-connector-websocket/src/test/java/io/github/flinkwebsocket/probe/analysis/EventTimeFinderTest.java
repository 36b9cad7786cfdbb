package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.RecordPath;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Which field is the event time. */
class EventTimeFinderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|{\"ts\":1772000000}|/ts epoch-seconds",
                "-|{\"ts\":\"1772000000.000100\"}|/ts epoch-seconds",
                "-|{\"ts\":1772000000000}|/ts epoch-millis",
                "-|{\"ts\":\"1772000000000000\"}|/ts epoch-micros",
                "-|{\"ts\":1772000000000000000}|/ts epoch-nanos",
                "-|{\"ts\":\"2026-02-25T06:13:20.1Z\"}|/ts iso-8601",
                "-|{\"ts\":\"2026-02-25 06:13:20\"}|/ts iso-8601",
                "-|{\"ts\":\"2026-02-25T06:13:20+0100\"}|/ts iso-8601",
                // Values that are no times of this century, and names that are no times.
                "-|{\"ts\":5001,\"time\":102523573486}|-",
                "-|{\"ts\":\"yesterday\",\"time\":\"2026-13-25T06:13:20Z\"}|-",
                "-|{\"count\":1600000000}|-",
                // A time close to now needs no name.
                "-|{\"x\":1772000000123}|/x epoch-millis",
                // The better name, the record before the envelope, the shallower field.
                "-|{\"created_at\":1772000000,\"timestamp\":1772000000}|/timestamp epoch-seconds",
                "-|{\"timestamp\":\"1772000000\",\"microtimestamp\":\"1772000000000055\"}"
                        + "|/microtimestamp epoch-micros",
                "/r|{\"time\":1772000000,\"time_ms\":1772000000123,\"r\":{\"x\":1}}"
                        + "|/time_ms epoch-millis",
                "-|{\"timestamp\":1772000000,\"expires_at\":1772000001123}|/timestamp epoch-seconds",
                "-|{\"E\":1772000000001,\"T\":1772000000000}|/T epoch-millis",
                "/data|{\"ts\":1772000000000,\"data\":{\"time\":1772000000000}}|/data/time epoch-millis",
                "/data/*|{\"ts\":1772000000000,\"data\":[{\"x\":1}]}|/ts epoch-millis",
                "/a/*/b/*|{\"ts\":1772000000000,\"a\":[{\"ts\":1772000000000,\"b\":[{\"x\":1}]}]}"
                        + "|/a/*/ts epoch-millis",
                "-|{\"o\":{\"ts\":1772000000000},\"ts\":1772000000000}|/ts epoch-millis",
                "-|{\"o\":{\"ts\":1772000000000}}|/o/ts epoch-millis",
                // Positions.
                "-|[17,[402,1772000000500,0.5]]|/1/1 epoch-millis",
                "/2|[\"E\",1,{\"created_at\":1772000300}]|/2/created_at epoch-seconds",
                "-|{\"a/b\":{\"t~s\":1772000000000}}|/a~1b/t~0s epoch-millis"
            })
    void isFound(String record, String frame, String found) {
        List<String> path = record == null ? List.of() : List.of(record.substring(1).split("/"));
        EventTimeFinder.Candidate time = find(path, MessageUnwrapping.NONE, frame);
        assertThat(time == null ? null : RecordPath.of(time.path()) + " " + time.format().option())
                .isEqualTo(found);
    }

    @Test
    void isSoughtInWhatIsUnwrapped() {
        EventTimeFinder.Candidate time =
                find(
                        List.of("data"),
                        MessageUnwrapping.JSON_STRING,
                        "{\"data\":\"{\\\"ts\\\":1772000000}\"}");
        assertThat(time.path()).containsExactly("data", "ts");
    }

    @Test
    void isAFieldThatIsAlwaysATimeAndMostlyThere() {
        assertThat(find("{\"ts\":1772000000}", "{\"ts\":5}")).isNull();
        assertThat(find("{\"ts\":1772000000}", "{\"ts\":1772000000000}")).isNull();
        assertThat(find("{\"ts\":1772000000}", "{\"x\":1}", "{\"x\":1}")).isNull();
        assertThat(find("{\"ts\":1772000000}", "{\"ts\":null}")).isNotNull();
    }

    private static EventTimeFinder.Candidate find(String... frames) {
        return find(List.of(), MessageUnwrapping.NONE, frames);
    }

    private static EventTimeFinder.Candidate find(
            List<String> record, MessageUnwrapping unwrapping, String... frames) {
        List<JsonNode> json =
                Arrays.stream(frames)
                        .map(f -> JsonValues.readOne(f.getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.toList());
        return new EventTimeFinder(record, unwrapping, Transcript.TIME).find(json);
    }
}

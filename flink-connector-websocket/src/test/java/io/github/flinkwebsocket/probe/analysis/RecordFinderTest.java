package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageUnwrapping;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The way to the records. */
class RecordFinderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // An object is a record unless it is an envelope.
                "{\"a\":1}|-",
                "{\"id\":1,\"position\":{\"x\":1,\"y\":2}}|-",
                "{\"ts\":1,\"data\":{\"x\":1,\"y\":2}}|/data",
                "{\"a\":1,\"b\":2,\"c\":3,\"data\":{\"x\":1}}|-",
                "{\"anything\":{\"x\":1}}|/anything",
                // A list of things that belong to the object is no list of records.
                "{\"order\":7,\"lines\":[{\"sku\":1},{\"sku\":2}]}|-",
                "{\"symbol\":\"X\",\"bids\":[{\"p\":1}],\"asks\":[{\"p\":2}]}|-",
                "{\"channel\":\"x\",\"events\":[{\"p\":1}]}|/events/*",
                // Something beside the records may be as important.
                "{\"meta\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4},\"data\":{\"x\":1,\"y\":2,\"z\":3,\"u\":4}}|-",
                "{\"arg\":{\"a\":1},\"data\":[{\"x\":1}]}|/data/*",
                // Arrays.
                "[{\"x\":1},{\"x\":2}]|/*",
                "[\"EVENT\",{\"x\":1}]|/1",
                "[1,[2,3]]|-",
                "{\"data\":[1,2]}|-",
                "{\"data\":[[1,2]]}|-",
                "{\"data\":[]}|-"
            })
    void isFound(String frame, String path) {
        assertThat(finder(frame).path()).isEqualTo(path == null ? List.of() : segments(path));
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/"));
    }

    @Test
    void mayLeadToObjectsAndToArrays() {
        RecordFinder finder =
                finder("{\"c\":1,\"data\":{\"x\":1}}", "{\"c\":1,\"data\":[{\"x\":1},{\"x\":2}]}");
        assertThat(finder.path()).containsExactly("data", "*");
        assertThat(finder.leftOut()).containsExactly("c");
    }

    @Test
    void mayLeadToWrappedRecords() {
        RecordFinder json = finder("{\"event\":\"x\",\"data\":\"{\\\"a\\\":1}\"}");
        assertThat(json.path()).containsExactly("data");
        assertThat(json.unwrapping()).isEqualTo(MessageUnwrapping.JSON_STRING);
        RecordFinder base64 = finder("{\"id\":\"x\",\"payload\":\"SGVsbG8=\"}");
        assertThat(base64.path()).containsExactly("payload");
        assertThat(base64.unwrapping()).isEqualTo(MessageUnwrapping.BASE64);
    }

    @Test
    void doesNotTakeWordsForBase64() {
        assertThat(finder("{\"id\":1,\"message\":\"trade\"}").path()).isEmpty();
        assertThat(finder("{\"id\":1,\"message\":\"word\"}").path()).isEmpty();
        assertThat(finder("{\"id\":1,\"message\":\"somewords123\"}").path()).isEmpty();
    }

    @Test
    void doesNotGoOnForEver() {
        String deep = "{\"a\":".repeat(50) + "1" + "}".repeat(50);
        assertThat(finder(deep).path()).hasSize(8);
    }

    private static RecordFinder finder(String... frames) {
        List<JsonNode> json =
                Arrays.stream(frames)
                        .map(f -> JsonValues.readOne(f.getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.toList());
        return new RecordFinder(json);
    }
}

package io.github.flinkwebsocket.position;

import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Messages;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonPointerExtractorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/seq        | {\"seq\":42}                             | 42",
                "/seq        | {\"seq\":123456789012345678901234567}    | 123456789012345678901234567",
                "/seq        | {\"seq\":\"a-1\"}                        | a-1",
                "/data/seq   | {\"a\":1,\"data\":{\"x\":[1],\"seq\":7}} | 7",
                "/data/1/seq | {\"data\":[{\"seq\":7},{\"seq\":8}]}     | 8",
                "/a~1b       | {\"a/b\":1.50}                           | 1.50",
            })
    void takesTheValueAsItIsWritten(String pointer, String json, String position)
            throws IOException {
        assertThat(PositionExtractor.jsonPointer(pointer).extract(message(json)))
                .isEqualTo(position);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/seq | {\"other\":1}",
                "/seq | {\"seq\":null}",
                "/seq | {\"seq\":{\"a\":1}}",
                "/seq | [1,2]",
                "/seq | 17",
            })
    void messageWithoutTheValueHasNoPosition(String pointer, String json) throws IOException {
        assertThat(PositionExtractor.jsonPointer(pointer).extract(message(json))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/seq   | {\"seq\":1,\"seq\":2}               | 2",
                "/a/seq | {\"a\":{\"seq\":1},\"a\":{\"seq\":2}} | 2",
                "/a/seq | {\"a\":{\"seq\":1},\"a\":{}}         |",
                "/seq   | {\"seq\":1,\"seq\":null}            |",
            })
    void ofARepeatedNameTheLastValueCounts(String pointer, String json, String position)
            throws IOException {
        assertThat(PositionExtractor.jsonPointer(pointer).extract(message(json)))
                .isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{broken", "{\"seq\":42, broken", "{\"seq\":42", "{\"seq\":[}", "pong"})
    void brokenJsonIsAnError(String json) {
        PositionExtractor extractor = PositionExtractor.jsonPointer("/seq");
        assertThatThrownBy(() -> extractor.extract(message(json)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("It is no JSON in UTF-8: ");
    }

    @Test
    void secondValueIsAnError() {
        PositionExtractor extractor = PositionExtractor.jsonPointer("/seq");
        assertThatThrownBy(() -> extractor.extract(message("{\"seq\":1} {\"seq\":2}")))
                .hasMessage(
                        "Something follows the JSON value, at byte 10; 'message.framing' says how to"
                                + " cut a message.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n"})
    void messageOfBlanksHasNoPosition(String text) throws IOException {
        assertThat(PositionExtractor.jsonPointer("/seq").extract(message(text))).isNull();
    }

    @Test
    void refusesWhatIsNoPointer() {
        assertThatThrownBy(() -> PositionExtractor.jsonPointer("seq"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PositionExtractor.jsonPointer(null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void isSerializableAfterUse() throws Exception {
        PositionExtractor extractor = PositionExtractor.jsonPointer("/seq");
        extractor.extract(message("{\"seq\":1}"));
        assertThat(InstantiationUtil.clone(extractor).extract(message("{\"seq\":2}")))
                .isEqualTo("2");
    }

    private static WebSocketMessage message(String json) {
        return new WebSocketMessage(
                json.getBytes(StandardCharsets.UTF_8),
                true,
                new Arrival(Messages.CONNECTION, 0),
                1);
    }
}

package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Parts;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code message.unwrap}. */
class UnwrapTest {

    @Test
    void jsonStringHoldsTheRecord() {
        Parts parts = wrapped(MessageUnwrapping.JSON_STRING);
        parts.text("{\"event\":\"trade\",\"data\":\"{\\\"p\\\":\\\"1\\u00e4\\\"}\"}");
        assertThat(parts.texts).containsExactly("{\"p\":\"1ä\"}");
    }

    @Test
    void base64HoldsTheRecordInBothAlphabetsWithAndWithoutPadding() {
        Parts parts = wrapped(MessageUnwrapping.BASE64);
        parts.text("{\"data\":\"fn5-Pz8_\"}");
        parts.text("{\"data\":\"fn5+Pz8/\"}");
        parts.text("{\"data\":\"SGVsbG8=\"}");
        parts.text("{\"data\":\"SGVsbG8\"}");
        assertThat(parts.texts).containsExactly("~~~???", "~~~???", "Hello", "Hello");
        assertThat(parts.failures).isEmpty();
    }

    @Test
    void wholeMessageMayBeWrapped() {
        assertThat(whole(MessageUnwrapping.BASE64).text("SGVsbG8=").texts).containsExactly("Hello");
        assertThat(whole(MessageUnwrapping.JSON_STRING).text("\"a\\nb\"").texts)
                .containsExactly("a\nb");
    }

    @Test
    void payloadOfTheOriginalIsNotTouched() {
        Parts parts = whole(MessageUnwrapping.BASE64).text("fn5-Pz8_");
        assertThat(parts.parts.get(0).getOriginal().getText()).isEqualTo("fn5-Pz8_");
    }

    @Test
    void whatIsNotWrappedIsAFailureOfThatRecordAlone() {
        Parts parts =
                Parts.ofRecords("/data/*")
                        .with(WebSocketOptions.MESSAGE_UNWRAP, MessageUnwrapping.JSON_STRING)
                        .text("{\"data\":[\"1\",{\"a\":1},\"2\"]}");
        assertThat(parts.texts).containsExactly("1", "2");
        assertThat(parts.failures)
                .containsExactly("{\"a\":1}: The wrapped record is not a JSON string.");
        assertThat(wrapped(MessageUnwrapping.BASE64).text("{\"data\":\"?\"}").failures)
                .hasSize(1)
                .first()
                .asString()
                .contains("The wrapped record is not Base64");
        assertThat(whole(MessageUnwrapping.JSON_STRING).text("\"a\" \"b\"").failures)
                .containsExactly("\"a\" \"b\": Something follows the JSON string of the record.");
    }

    private static Parts wrapped(MessageUnwrapping unwrapping) {
        return Parts.ofRecords("/data").with(WebSocketOptions.MESSAGE_UNWRAP, unwrapping);
    }

    private static Parts whole(MessageUnwrapping unwrapping) {
        return new Parts().with(WebSocketOptions.MESSAGE_UNWRAP, unwrapping);
    }
}

package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Compressed;
import io.github.flinkwebsocket.testing.Parts;

import org.apache.flink.configuration.MemorySize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Base64;

import static java.nio.charset.StandardCharsets.UTF_8;
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

    @ParameterizedTest
    @EnumSource(names = {"BASE64_GZIP", "BASE64_ZLIB", "BASE64_DEFLATE"})
    void whatWasInBase64MayBeCompressed(MessageUnwrapping unwrapping) {
        String wrapped = base64(compressed(unwrapping, "{\"p\":1}"));
        Parts parts = wrapped(unwrapping).text("{\"data\":\"" + wrapped + "\"}");
        assertThat(parts.texts).containsExactly("{\"p\":1}");
        assertThat(whole(unwrapping).text(wrapped).texts).containsExactly("{\"p\":1}");
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE64_GZIP", "BASE64_ZLIB", "BASE64_DEFLATE"})
    void whatIsCompressedMustBeWholeAndAlone(MessageUnwrapping unwrapping) {
        byte[] whole = compressed(unwrapping, "{\"p\":1}".repeat(20));
        for (int length = 0; length < whole.length + 4; length++) {
            if (length != whole.length) {
                Parts parts = whole(unwrapping).text(base64(Arrays.copyOf(whole, length)));
                assertThat(parts.parts).as("%s of %s bytes", length, whole.length).isEmpty();
                assertThat(parts.failures).hasSize(1);
            }
        }
        assertThat(whole(unwrapping).text(base64("{\"p\":1}".getBytes(UTF_8))).failures).hasSize(1);
    }

    @Test
    void membersOfGzipMayFollowEachOther() {
        byte[] one = compressed(MessageUnwrapping.BASE64_GZIP, "ab");
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        assertThat(whole(MessageUnwrapping.BASE64_GZIP).text(base64(two)).texts)
                .containsExactly("abab");
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE64_GZIP", "BASE64_ZLIB", "BASE64_DEFLATE"})
    void whatIsCompressedMayNotBeLargerThanAMessage(MessageUnwrapping unwrapping) {
        Parts parts =
                whole(unwrapping).with(WebSocketOptions.MAX_MESSAGE_SIZE, new MemorySize(1000));
        parts.text(base64(compressed(unwrapping, "x".repeat(1000))));
        parts.text(base64(compressed(unwrapping, "x".repeat(1001))));
        assertThat(parts.texts).containsExactly("x".repeat(1000));
        assertThat(parts.failures)
                .hasSize(1)
                .first()
                .asString()
                .endsWith("The decompressed message is larger than 1000 bytes.");
    }

    @Test
    void eventTimeMayBeInWhatIsCompressed() {
        Parts parts =
                wrapped(MessageUnwrapping.BASE64_DEFLATE)
                        .with(WebSocketOptions.MESSAGE_EVENT_TIME, "/data/t");
        String wrapped = base64(compressed(MessageUnwrapping.BASE64_DEFLATE, "{\"t\":77}"));
        assertThat(parts.text("{\"data\":\"" + wrapped + "\"}").times()).containsExactly(77L);
    }

    @Test
    void binaryDataInATextMessageIsCompressedLikeBinaryMessages() {
        Parts parts =
                wrapped(MessageUnwrapping.BASE64)
                        .with(WebSocketOptions.MESSAGE_COMPRESSION, MessageCompression.DEFLATE);
        String wrapped = base64(compressed(MessageUnwrapping.BASE64_DEFLATE, "a"));
        parts.text("{\"data\":\"" + wrapped + "\"}");
        parts.binary(
                Compressed.with(MessageCompression.DEFLATE, "{\"data\":\"Yg==\"}".getBytes(UTF_8)));
        assertThat(parts.texts).containsExactly("a", "b");
    }

    @Test
    void lineOfBlanksHoldsNothing() {
        Parts parts =
                whole(MessageUnwrapping.BASE64)
                        .with(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.LINES)
                        .text("YQ==\n \nYg==\n");
        assertThat(parts.texts).containsExactly("a", "b");
        assertThat(parts.failures).isEmpty();
    }

    private static byte[] compressed(MessageUnwrapping unwrapping, String text) {
        return Compressed.with(unwrapping.compression(), text.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Parts wrapped(MessageUnwrapping unwrapping) {
        return Parts.ofRecords("/data").with(WebSocketOptions.MESSAGE_UNWRAP, unwrapping);
    }

    private static Parts whole(MessageUnwrapping unwrapping) {
        return new Parts().with(WebSocketOptions.MESSAGE_UNWRAP, unwrapping);
    }
}

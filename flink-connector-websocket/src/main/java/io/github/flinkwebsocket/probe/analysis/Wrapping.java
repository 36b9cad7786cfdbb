package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageUnwrapping;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Finds out whether strings hold JSON or Base64. Any thread. */
@Internal
final class Wrapping {

    /** Shorter words are often valid Base64 by chance. */
    private static final int MIN_BASE64 = 8;

    /** What all these strings are; {@link MessageUnwrapping#NONE} if just text. */
    static MessageUnwrapping detect(List<JsonNode> strings) {
        if (strings.isEmpty() || !strings.stream().allMatch(JsonNode::isTextual)) {
            return MessageUnwrapping.NONE;
        }
        if (strings.stream().allMatch(s -> json(s) != null)) {
            return MessageUnwrapping.JSON_STRING;
        }
        boolean base64 =
                strings.stream().anyMatch(s -> s.asText().length() >= MIN_BASE64)
                        && strings.stream().allMatch(Wrapping::isBase64OfText);
        return base64 ? MessageUnwrapping.BASE64 : MessageUnwrapping.NONE;
    }

    @Nullable
    private static JsonNode json(JsonNode string) {
        return JsonValues.readOne(string.asText().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isBase64OfText(JsonNode string) {
        byte[] bytes = decode(string.asText());
        if (bytes == null || !CompressionDetector.isUtf8(bytes)) {
            return false;
        }
        return new String(bytes, StandardCharsets.UTF_8)
                .chars()
                .noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
    }

    @Nullable
    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What is inside; null if it is no JSON object or array. */
    @Nullable
    static JsonNode unwrap(JsonNode value, MessageUnwrapping unwrapping) {
        if (unwrapping == MessageUnwrapping.NONE || !value.isTextual()) {
            return value;
        }
        if (unwrapping == MessageUnwrapping.JSON_STRING) {
            return json(value);
        }
        byte[] bytes = decode(value.asText());
        return bytes == null ? null : JsonValues.readOne(bytes);
    }

    private Wrapping() {}
}

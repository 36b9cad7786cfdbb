package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.json.Json;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Takes a record out of a JSON string or out of Base64, and decompresses it. Task thread. */
@Internal
final class Unwrapper {

    private final boolean base64;

    /** For what was in Base64; null if it is not compressed. */
    @Nullable private final Decompressor decompressor;

    private Unwrapper(boolean base64, @Nullable Decompressor decompressor) {
        this.base64 = base64;
        this.decompressor = decompressor;
    }

    /**
     * @param maxSize how many bytes what was compressed may have
     * @return null if there is nothing to do
     */
    @Nullable
    static Unwrapper of(MessageUnwrapping unwrapping, int maxSize) {
        return unwrapping == MessageUnwrapping.NONE
                ? null
                : new Unwrapper(
                        unwrapping != MessageUnwrapping.JSON_STRING,
                        Decompressor.of(unwrapping.compression(), maxSize));
    }

    /**
     * @throws IOException if it is not wrapped like that
     */
    byte[] unwrap(byte[] payload) throws IOException {
        if (!base64) {
            return string(payload).getBytes(StandardCharsets.UTF_8);
        }
        int from = 0;
        int to = payload.length;
        while (from < to && payload[from] <= ' ' && payload[from] >= 0) {
            from++;
        }
        while (to > from && payload[to - 1] <= ' ' && payload[to - 1] >= 0) {
            to--;
        }
        boolean quoted = from < to && payload[from] == '"';
        byte[] bytes =
                decode(
                        quoted
                                ? string(payload).getBytes(StandardCharsets.ISO_8859_1)
                                : Arrays.copyOfRange(payload, from, to));
        return decompressor == null ? bytes : decompressor.decompress(bytes);
    }

    private static String string(byte[] json) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new IOException("The wrapped record is not a JSON string.");
            }
            String text = parser.getText();
            if (parser.nextToken() != null) {
                throw new IOException("Something follows the JSON string of the record.");
            }
            return text;
        }
    }

    /** Takes both alphabets of RFC 4648, in its own array. */
    private static byte[] decode(byte[] text) throws IOException {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '-') {
                text[i] = '+';
            } else if (text[i] == '_') {
                text[i] = '/';
            }
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("The wrapped record is not Base64: " + e.getMessage() + ".", e);
        }
    }
}

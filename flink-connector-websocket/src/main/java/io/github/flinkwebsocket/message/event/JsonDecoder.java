package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * Makes an event of a JSON object, and one of each object in a JSON array. Blank text is none, as
 * in Logstash. Immutable; task thread.
 */
@Internal
final class JsonDecoder {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Nullable private final FieldReference target;

    JsonDecoder(@Nullable FieldReference target) {
        this.target = target;
    }

    void decode(String text, EventSink out) {
        if (text.isBlank()) {
            return;
        }
        JsonNode decoded;
        try {
            decoded = EventJson.read(text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
        } catch (IOException | RuntimeException e) {
            out.failed(() -> text, reason(e));
            return;
        }
        if (decoded.isArray()) {
            decoded.forEach(element -> emit(element, () -> EventJson.write(element), out));
        } else {
            emit(decoded, () -> text, out);
        }
    }

    private static String reason(Exception e) {
        // Messages of other exceptions may quote the text.
        return e instanceof IOException ? e.getMessage() : e.getClass().getName();
    }

    private void emit(JsonNode decoded, Supplier<String> text, EventSink out) {
        if (decoded.isObject()) {
            out.decoded(CodecSettings.under(target, decoded));
        } else {
            out.failed(text, "a JSON " + decoded.getNodeType() + " is no event");
        }
    }
}

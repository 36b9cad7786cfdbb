package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Makes an event of each MessagePack map in a message, and of each map in an array. Immutable; task
 * thread.
 */
@Internal
final class MsgpackDecoder implements EventDecoder {

    @Nullable private final FieldReference target;

    MsgpackDecoder(@Nullable FieldReference target) {
        this.target = target;
    }

    @Override
    public void decode(byte[] payload, EventSink out) {
        try (MsgpackReader reader = new MsgpackReader(payload)) {
            while (reader.hasNext()) {
                int start = reader.position();
                JsonNode decoded;
                try {
                    decoded = reader.next();
                } catch (IOException | RuntimeException e) {
                    // Where the next value starts can't be known.
                    out.failed(() -> base64(payload, start, payload.length), reason(e));
                    return;
                }
                int end = reader.position();
                if (decoded.isArray()) {
                    decoded.forEach(element -> emit(element, () -> EventJson.write(element), out));
                } else {
                    emit(decoded, () -> base64(payload, start, end), out);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("An array of bytes can't be closed.", e);
        }
    }

    private static String base64(byte[] payload, int start, int end) {
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(payload, start, end));
    }

    private static String reason(Exception e) {
        return e instanceof IOException ? e.getMessage() : e.getClass().getName();
    }

    private void emit(JsonNode decoded, Supplier<String> text, EventSink out) {
        if (decoded.isObject()) {
            out.decoded(CodecSettings.under(target, decoded));
        } else {
            out.failed(text, "a MessagePack " + decoded.getNodeType() + " is no event");
        }
    }
}

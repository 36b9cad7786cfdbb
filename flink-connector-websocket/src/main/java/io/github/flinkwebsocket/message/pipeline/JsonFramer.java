package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.message.Json;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;

import javax.annotation.Nullable;

import java.io.IOException;

/** Cuts after each JSON value; blanks between values belong to none. Task thread. */
@Internal
final class JsonFramer extends Framer {

    @Nullable
    @Override
    WebSocketMessage next() throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(payload, at, payload.length - at)) {
            if (parser.nextToken() == null) {
                return null;
            }
            int from = at + JsonOffsets.start(parser);
            int to = at + JsonOffsets.end(parser);
            at = to;
            if (payload[to - 1] <= ' ') {
                // Jackson takes the blank after a number with it.
                to--;
            }
            return frame(from, to);
        }
    }
}

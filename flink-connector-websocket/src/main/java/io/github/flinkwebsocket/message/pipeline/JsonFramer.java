package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.json.JsonScanner;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/** Cuts after each JSON value; blanks between values belong to none. Task thread. */
@Internal
final class JsonFramer extends Framer {

    private final JsonScanner scanner = new JsonScanner();

    @Override
    void start(byte[] payload) {
        scanner.reset(payload);
    }

    @Nullable
    @Override
    WebSocketMessage next() throws IOException {
        if (scanner.isAtEnd()) {
            return null;
        }
        int from = scanner.position();
        scanner.skip();
        int to = scanner.position();
        scanner.skipBlanks();
        return frame(from, to);
    }
}

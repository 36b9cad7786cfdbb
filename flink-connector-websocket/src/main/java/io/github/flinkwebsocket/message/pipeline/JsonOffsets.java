package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;

/** Where a JSON value begins and ends in the bytes that a parser reads. Task thread. */
@Internal
final class JsonOffsets {

    /** The offset of the first byte of the value that the parser is at. */
    static int start(JsonParser parser) throws IOException {
        return offset(parser, parser.currentTokenLocation().getByteOffset());
    }

    /** The offset after the last byte of that value, which is skipped. */
    static int end(JsonParser parser) throws IOException {
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        return here(parser);
    }

    /** The offset after what has been read. */
    static int here(JsonParser parser) throws IOException {
        return offset(parser, parser.currentLocation().getByteOffset());
    }

    private static int offset(JsonParser parser, long offset) throws IOException {
        if (offset < 0) {
            // Jackson has found UTF-16 or UTF-32, and counts characters.
            throw new JsonParseException(parser, "JSON must be UTF-8 (RFC 8259, section 8.1)");
        }
        return (int) offset;
    }

    private JsonOffsets() {}
}

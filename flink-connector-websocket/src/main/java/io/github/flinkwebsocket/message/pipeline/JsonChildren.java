package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/**
 * Goes through the fields of an object or the elements of an array; a scalar has none. After {@link
 * #next} the parser is at the value of a child, which the caller reads whole. Task thread.
 */
@Internal
final class JsonChildren {

    private final JsonParser parser;
    private final JsonToken container;
    private int index = -1;

    private JsonChildren(JsonParser parser) {
        this.parser = parser;
        this.container = parser.currentToken();
    }

    /** The children of the value that the parser is at. */
    static JsonChildren of(JsonParser parser) {
        return new JsonChildren(parser);
    }

    boolean next() throws IOException {
        if (!container.isStructStart() || parser.nextToken().isStructEnd()) {
            return false;
        }
        if (container == JsonToken.START_OBJECT) {
            parser.nextToken();
        }
        index++;
        return true;
    }

    /** Whether a segment of a JSON pointer (RFC 6901, section 4) means this child. */
    boolean is(String segment) throws IOException {
        return container == JsonToken.START_OBJECT
                ? segment.equals(parser.currentName())
                : index == index(segment);
    }

    /** The index that a segment names, without leading zeros; -1 for none. */
    private static int index(String segment) {
        int length = segment.length();
        if (length == 0 || length > 9 || (length > 1 && segment.charAt(0) == '0')) {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < length; i++) {
            char digit = segment.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            index = index * 10 + digit - '0';
        }
        return index;
    }
}

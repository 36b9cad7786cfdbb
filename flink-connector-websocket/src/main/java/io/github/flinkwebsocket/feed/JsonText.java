package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Escapes text for the inside of a JSON string (RFC 8259, section 7). Any thread. */
@Internal
final class JsonText {

    static String escape(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private JsonText() {}
}

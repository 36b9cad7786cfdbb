package io.github.flinkwebsocket.position;

import io.github.flinkwebsocket.message.Json;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;

import javax.annotation.Nullable;

import java.io.IOException;

import static org.apache.flink.util.Preconditions.checkNotNull;

/** Finds the position with a streaming parser that stops at it. Runs on the task thread. */
@Internal
final class JsonPointerExtractor implements PositionExtractor {

    private static final long serialVersionUID = 1L;

    private final String pointer;
    private transient JsonPointerBasedFilter filter;

    JsonPointerExtractor(String pointer) {
        JsonPointer.compile(checkNotNull(pointer, "The JSON pointer must not be null."));
        this.pointer = pointer;
    }

    @Nullable
    @Override
    public String extract(WebSocketMessage message) throws IOException {
        if (filter == null) {
            filter = new JsonPointerBasedFilter(pointer);
        }
        try (JsonParser parser =
                new FilteringParserDelegate(
                        Json.FACTORY.createParser(message.getPayload()),
                        filter,
                        Inclusion.ONLY_INCLUDE_ALL,
                        false)) {
            JsonToken token = parser.nextToken();
            return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL
                    ? parser.getText()
                    : null;
        }
    }
}

package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.json.Json;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON objects and arrays, with numbers as they are written. Any thread. */
@Internal
final class JsonValues {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(Json.FACTORY)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                    .build();

    /** The objects and arrays that follow each other; null if there is anything else. */
    @Nullable
    static List<JsonNode> read(byte[] bytes) {
        List<JsonNode> values = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isStructStart()) {
                    return null;
                }
                values.add(parser.readValueAsTree());
            }
        } catch (IOException e) {
            return null;
        }
        return values.isEmpty() ? null : values;
    }

    /** The one object or array; null if it is anything else. */
    @Nullable
    static JsonNode readOne(byte[] bytes) {
        List<JsonNode> values = read(bytes);
        return values == null || values.size() > 1 ? null : values.get(0);
    }

    /** How many scalars are in a value, at any depth. */
    static int leaves(JsonNode value) {
        if (!value.isContainerNode()) {
            return 1;
        }
        int leaves = 0;
        for (JsonNode child : value) {
            leaves += leaves(child);
        }
        return leaves;
    }

    private JsonValues() {}
}

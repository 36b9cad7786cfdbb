package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads and writes JSON text without changing a number. Any thread. */
@Internal
final class EventJson {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A target adds levels to what was read, so more may be written than read. */
    private static final int MAX_WRITTEN_DEPTH = 10_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(factory())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .nodeFactory(NODES)
                    .build();

    private static JsonFactory factory() {
        return new JsonFactoryBuilder()
                // The size of a message is limited already. Depth and numbers keep their limits.
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxStringLength(Integer.MAX_VALUE)
                                .maxNameLength(Integer.MAX_VALUE)
                                .build())
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(MAX_WRITTEN_DEPTH).build())
                // The names are the peer's; what is interned stays.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /**
     * Reads one JSON value.
     *
     * @throws IOException if the text is anything else; its message does not quote the text
     */
    static JsonNode read(String text) throws IOException {
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new IOException("it exceeds a limit: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new IOException(
                    e.getLocation() == null
                            ? "it is not valid JSON"
                            : String.format(
                                    "it is not valid JSON at line %d, column %d",
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        }
    }

    /** The value as compact JSON. */
    static String write(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventJson() {}
}

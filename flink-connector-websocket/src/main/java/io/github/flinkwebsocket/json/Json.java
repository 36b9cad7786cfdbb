package io.github.flinkwebsocket.json;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** How the connector reads JSON. Any thread. */
@Internal
public final class Json {

    /**
     * Strings and names may be as long as a message, whose size is bounded; depth and length of
     * numbers keep Jackson's limits. Names are not interned: they come from outside.
     */
    public static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private Json() {}
}

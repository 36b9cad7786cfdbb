package io.github.flinkwebsocket.json;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A segment of a path, made ready for comparing (RFC 6901, section 4). Immutable; any thread. */
@Internal
public final class JsonName {

    final String text;
    final byte[] utf8;

    /** The index that it names in an array, or -1. */
    private final int index;

    private JsonName(String text) {
        this.text = text;
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
        this.index = text.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(text) : -1;
    }

    public static JsonName[] of(List<String> segments) {
        return segments.stream().map(JsonName::new).toArray(JsonName[]::new);
    }

    /**
     * Whether a scanner is at the child that it names.
     *
     * @param object whether the child is one of an object
     * @param childIndex its index in an array
     */
    public boolean isAt(JsonScanner scanner, boolean object, int childIndex) throws IOException {
        return object ? scanner.isNamed(this) : index == childIndex;
    }
}

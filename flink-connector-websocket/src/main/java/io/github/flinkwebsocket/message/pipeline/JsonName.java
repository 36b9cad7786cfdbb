package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.RecordPath;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A segment of a path, made ready for comparing (RFC 6901, section 4). Immutable; any thread. */
@Internal
final class JsonName {

    final String text;
    final byte[] utf8;

    /** The index that it names in an array, or -1. */
    final int index;

    /** Whether it stands for every element. */
    final boolean each;

    private JsonName(String text) {
        this.text = text;
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
        this.index = text.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(text) : -1;
        this.each = text.equals(RecordPath.EACH);
    }

    static JsonName[] of(RecordPath path) {
        List<String> segments = path.segments();
        return segments.stream().map(JsonName::new).toArray(JsonName[]::new);
    }
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A way from the root of a JSON document to values in it: a JSON pointer (RFC 6901) in which {@code
 * *} stands for every element of an array, or for the value itself where there is no array.
 * Immutable; any thread.
 */
@Internal
public final class RecordPath implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The segment that stands for every element. */
    public static final String EACH = "*";

    /** Leads to the document itself. */
    public static final RecordPath ROOT = new RecordPath(List.of());

    private final List<String> segments;

    private RecordPath(List<String> segments) {
        this.segments = List.copyOf(segments);
    }

    /** The path along these segments. */
    public static RecordPath of(List<String> segments) {
        return new RecordPath(segments);
    }

    /** Reads the value of an option, whose name goes into the error. */
    static RecordPath parse(ConfigOption<String> option, String text) {
        if (!text.isEmpty() && text.charAt(0) != '/') {
            throw InvalidOption.value(
                    option, text, "a JSON pointer is empty or begins with '/', such as /data/*");
        }
        List<String> segments = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String segment : text.substring(1).split("/", -1)) {
                if (segment.replace("~0", "").replace("~1", "").contains("~")) {
                    throw InvalidOption.value(
                            option, text, "in a JSON pointer '~' must be followed by 0 or 1");
                }
                segments.add(segment.replace("~1", "/").replace("~0", "~"));
            }
        }
        return new RecordPath(segments);
    }

    /** The names of fields, indexes of arrays and {@link #EACH}, from the root on. */
    public List<String> segments() {
        return segments;
    }

    public int length() {
        return segments.size();
    }

    /** How many segments two paths have in common at their beginning. */
    public int commonLength(RecordPath other) {
        int common = 0;
        while (common < length()
                && common < other.length()
                && segments.get(common).equals(other.segments.get(common))) {
            common++;
        }
        return common;
    }

    /** The path without its first segments. */
    public RecordPath from(int first) {
        return new RecordPath(segments.subList(first, length()));
    }

    /** The path as it is written. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        segments.forEach(s -> text.append('/').append(s.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }
}

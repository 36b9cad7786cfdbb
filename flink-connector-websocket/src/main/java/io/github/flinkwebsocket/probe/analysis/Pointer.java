package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes and reads JSON pointers (RFC 6901). Any thread. */
@Internal
final class Pointer {

    static String of(List<String> segments) {
        return segments.stream()
                .map(s -> "/" + s.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    /** The segments of a pointer that is valid. */
    static List<String> segments(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(s -> s.replace("~1", "/").replace("~0", "~"))
                        .collect(Collectors.toList());
    }

    private Pointer() {}
}

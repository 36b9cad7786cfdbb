package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sorts frames into kinds by their fields and by the values that name their kind, and says which
 * kind is the data. Any thread.
 */
@Internal
final class FrameKinds {

    /** A field with more values than this is no kind but a topic. */
    private static final int MAX_VALUES = 12;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Set<String>> values = new HashMap<>();

    FrameKinds(List<JsonNode> frames) {
        for (JsonNode frame : frames) {
            ControlRule.discriminators(frame)
                    .forEach(
                            (key, value) ->
                                    values.computeIfAbsent(key, k -> new HashSet<>()).add(value));
        }
        for (JsonNode frame : frames) {
            kinds.computeIfAbsent(shape(frame), shape -> new Kind()).add(frame);
        }
    }

    private String shape(JsonNode frame) {
        String sign = ControlRule.sign(frame);
        if (sign != null) {
            return "control " + sign;
        }
        if (frame.isArray()) {
            return "array of " + frame.size();
        }
        Set<String> shape = new TreeSet<>();
        frame.fieldNames().forEachRemaining(shape::add);
        ControlRule.discriminators(frame)
                .forEach(
                        (key, value) -> {
                            if (values.get(key).size() <= MAX_VALUES) {
                                shape.add(key + " = " + value);
                            }
                        });
        return shape.toString();
    }

    /** The frames of the kind that carries most and repeats; empty if there are none at all. */
    List<JsonNode> main() {
        return kinds.values().stream()
                .max(
                        Comparator.comparing((Kind kind) -> !kind.isControl())
                                .thenComparing(Kind::repeats)
                                .thenComparing(kind -> kind.size))
                .map(kind -> kind.frames)
                .orElse(List.of());
    }

    /** All frames that are not control messages; all frames if there are no others. */
    List<JsonNode> data() {
        List<JsonNode> data = new ArrayList<>();
        kinds.values().stream().filter(k -> !k.isControl()).forEach(k -> data.addAll(k.frames));
        return data.isEmpty() ? main() : data;
    }

    /** What shows that frames are control messages, and how many there are of each. */
    Map<String, Integer> controls() {
        Map<String, Integer> controls = new LinkedHashMap<>();
        for (Kind kind : kinds.values()) {
            if (kind.isControl()) {
                controls.merge(kind.sign, kind.frames.size(), Integer::sum);
            }
        }
        return Collections.unmodifiableMap(controls);
    }

    /** Whether there are control messages and nothing else. */
    boolean isOnlyControls() {
        return !kinds.isEmpty() && kinds.values().stream().allMatch(Kind::isControl);
    }

    /** Frames of the same shape. */
    private static final class Kind {
        private final List<JsonNode> frames = new ArrayList<>();
        private String sign;
        private long size;

        private void add(JsonNode frame) {
            if (frames.isEmpty()) {
                sign = ControlRule.sign(frame);
            }
            frames.add(frame);
            size += JsonValues.leaves(frame);
        }

        boolean isControl() {
            return sign != null;
        }

        private boolean repeats() {
            return frames.size() > 1;
        }
    }
}

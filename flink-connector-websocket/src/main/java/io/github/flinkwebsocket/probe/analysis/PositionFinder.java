package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.RecordPath;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds a field that looks like a position: it has the name of one, every frame has it, and it
 * grows, or is another text each time. A guess. Any thread.
 */
@Internal
final class PositionFinder {

    private static final int MAX_DEPTH = 3;
    private static final Pattern NAME =
            Pattern.compile(
                    "(global|last|event|message|msg|stream)?(seq|sequence)(no|num|number|id)?"
                            + "|(next|stream|resume)?(cursor|offset)|position|resumetoken");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,100}");

    /**
     * The position's JSON pointer, or null if there is none.
     *
     * @param frames those with data, in order
     */
    @Nullable
    static RecordPath find(List<JsonNode> frames) {
        Map<List<String>, Candidate> candidates = new LinkedHashMap<>();
        for (JsonNode frame : frames) {
            collect(frame, List.of(), candidates);
        }
        return candidates.entrySet().stream()
                .filter(c -> c.getValue().count == frames.size() && c.getValue().isPosition())
                .map(c -> RecordPath.of(c.getKey()))
                .findFirst()
                .orElse(null);
    }

    /** Through objects only: which element of an array is the last differs. */
    private static void collect(
            JsonNode node, List<String> path, Map<List<String>, Candidate> candidates) {
        if (!node.isObject() || path.size() == MAX_DEPTH) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            List<String> longer = new ArrayList<>(path);
            longer.add(field.getKey());
            JsonNode value = field.getValue();
            if (value.isContainerNode()) {
                collect(value, longer, candidates);
            } else if ((value.isIntegralNumber() || value.isTextual())
                    && NAME.matcher(plain(field.getKey())).matches()) {
                candidates.computeIfAbsent(longer, key -> new Candidate()).add(value.asText());
            }
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static final class Candidate {
        private final Set<String> values = new HashSet<>();
        private int count;
        private boolean numbers = true;
        private boolean grows = true;
        @Nullable private BigInteger latest;

        void add(String value) {
            count++;
            values.add(value);
            numbers &= NUMBER.matcher(value).matches();
            if (numbers) {
                BigInteger number = new BigInteger(value);
                grows &= latest == null || number.compareTo(latest) >= 0;
                latest = number;
            }
        }

        boolean isPosition() {
            return count > 1 && (numbers ? grows && values.size() > 1 : values.size() == count);
        }
    }

    private PositionFinder() {}
}

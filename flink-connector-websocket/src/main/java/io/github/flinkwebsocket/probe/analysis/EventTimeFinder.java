package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageUnwrapping;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the field that most likely is the event time of the records: by its name, by values that
 * are times, and by how close they are to now. A guess. Used once; any thread.
 */
@Internal
final class EventTimeFinder {

    private static final int MAX_DEPTH = 3;
    private static final int MAX_ELEMENTS = 8;
    private static final long NEAR_MILLIS = 60 * 60 * 1000L;

    /** What a name is worth, without case and separators; earlier ones are better. */
    private static final List<String> NAMES =
            List.of(
                    "eventtime",
                    "timestamp",
                    "ts",
                    "time",
                    "timems",
                    "timeus",
                    "timens",
                    "datetime",
                    "publishtime",
                    "eventtimestamp",
                    "date",
                    "createdat",
                    "updatedat");

    private final List<String> recordPath;
    private final MessageUnwrapping unwrapping;
    private final long now;
    private final Map<List<String>, Candidate> candidates = new LinkedHashMap<>();
    private int frames;

    /**
     * @param recordPath the segments of 'message.record'
     * @param now about when the messages were received, in epoch milliseconds
     */
    EventTimeFinder(List<String> recordPath, MessageUnwrapping unwrapping, long now) {
        this.recordPath = recordPath;
        this.unwrapping = unwrapping;
        this.now = now;
    }

    /** The best of all fields; null if none will do. */
    @Nullable
    Candidate find(List<JsonNode> data) {
        for (JsonNode frame : data) {
            frames++;
            follow(frame, 0, new ArrayList<>());
        }
        Candidate best = best(candidate -> true);
        Candidate finer = best == null ? null : best(candidate -> candidate.refines(best));
        return finer == null ? best : finer;
    }

    @Nullable
    private Candidate best(Predicate<Candidate> which) {
        return candidates.values().stream()
                .filter(c -> c.isSteady(frames))
                .filter(c -> c.score() > 0)
                .filter(which)
                .max(Comparator.comparingInt(Candidate::score))
                .orElse(null);
    }

    /** Along the path of the records. */
    private void follow(JsonNode node, int depth, List<String> path) {
        if (depth == recordPath.size()) {
            JsonNode record = Wrapping.unwrap(node, unwrapping);
            if (record != null) {
                collect(record, path, MAX_DEPTH);
            }
            return;
        }
        String segment = recordPath.get(depth);
        if (segment.equals("*")) {
            JsonNode first = node.isArray() ? node.get(0) : node;
            if (first != null) {
                follow(first, depth + 1, with(path, segment));
            }
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            f -> {
                                if (!f.getKey().equals(segment)) {
                                    collect(f.getValue(), with(path, f.getKey()), 1);
                                }
                            });
        }
        JsonNode next = node.isArray() ? node.get(index(segment)) : node.get(segment);
        if (next != null) {
            follow(next, depth + 1, with(path, segment));
        }
    }

    private static int index(String segment) {
        return segment.matches("[0-9]{1,9}") ? Integer.parseInt(segment) : -1;
    }

    /** All scalars of a value, down to some depth. */
    private void collect(JsonNode node, List<String> path, int depth) {
        if (node.isValueNode()) {
            TimeFormat format = TimeFormat.of(node);
            if (!node.isNull() && !path.isEmpty()) {
                candidates.computeIfAbsent(path, Candidate::new).add(node, format);
            }
        } else if (depth > 0 && node.isObject()) {
            node.properties()
                    .forEach(f -> collect(f.getValue(), with(path, f.getKey()), depth - 1));
        } else if (depth > 0) {
            for (int i = 0; i < Math.min(node.size(), MAX_ELEMENTS); i++) {
                if (!node.get(i).isObject()) {
                    collect(node.get(i), with(path, Integer.toString(i)), depth - 1);
                }
            }
        }
    }

    private static List<String> with(List<String> path, String segment) {
        List<String> longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }

    /** One field that may be the event time. */
    final class Candidate {
        private final List<String> path;
        @Nullable private TimeFormat format;
        private boolean mixed;
        private boolean zoneless;
        private final List<Long> seconds = new ArrayList<>();
        private int count;
        private int near;

        private Candidate(List<String> path) {
            this.path = path;
        }

        private void add(JsonNode value, @Nullable TimeFormat found) {
            if (found == null || (format != null && found != format)) {
                mixed = true;
                return;
            }
            format = found;
            zoneless |= found.isZoneless(value.asText());
            count++;
            long millis = found.millis(value.asText());
            seconds.add(millis / 1000);
            near += Math.abs(millis - now) < NEAR_MILLIS ? 1 : 0;
        }

        /** A field of some records only, or one that is sometimes no time, will not do. */
        private boolean isSteady(int frames) {
            return !mixed && count * 2 >= frames;
        }

        /** Whether it is the time of a field beside it that has whole seconds only. */
        private boolean refines(Candidate other) {
            return other.format == TimeFormat.EPOCH_SECONDS
                    && format != TimeFormat.EPOCH_SECONDS
                    && parent().equals(other.parent())
                    && seconds.equals(other.seconds);
        }

        private List<String> parent() {
            return path.subList(0, path.size() - 1);
        }

        private int score() {
            int name = nameScore();
            boolean isNear = near * 2 > count;
            if (name == 0 && !isNear) {
                return 0;
            }
            int common = 0;
            while (common < Math.min(path.size(), recordPath.size())
                    && path.get(common).equals(recordPath.get(common))) {
                common++;
            }
            boolean isPosition = isPosition(path.get(path.size() - 1));
            return name
                    + (isNear ? 30 : 1)
                    + 40 * count / frames
                    + (common == recordPath.size() ? 25 : 0)
                    - 2 * (recordPath.size() - common)
                    - (isPosition ? 0 : 8 * (path.size() - common));
        }

        private boolean isPosition(String segment) {
            return segment.matches("[0-9]");
        }

        private int nameScore() {
            String name = path.get(path.size() - 1);
            if (name.equals("T")) {
                return 45;
            }
            if (name.equals("E") || name.equals("t")) {
                return 43;
            }
            String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
            int index = NAMES.indexOf(plain);
            if (index >= 0) {
                return 60 - index;
            }
            if (plain.matches(".*(time|date|timestamp).*|.*at|.*ts")) {
                return 25;
            }
            return isPosition(name) && format != TimeFormat.EPOCH_SECONDS ? 10 : 0;
        }

        List<String> path() {
            return path;
        }

        TimeFormat format() {
            return format;
        }

        /** Whether a value does not say its time zone. */
        boolean isZoneless() {
            return zoneless;
        }
    }
}

package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageUnwrapping;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the way from frames to their records: through envelopes and arrays of objects, as far as
 * nothing but an envelope is left behind. A guess. Used once; any thread.
 */
@Internal
final class RecordFinder {

    private static final int MAX_DEPTH = 8;

    /** More than an envelope has. */
    private static final int MAX_SIBLINGS = 8;

    /** A container beside the records with more in it is data itself. */
    private static final int MAX_SIBLING_LEAVES = 3;

    private static final Set<String> ENVELOPES =
            Set.of(
                    "data",
                    "payload",
                    "params",
                    "result",
                    "message",
                    "msg",
                    "push",
                    "pub",
                    "event",
                    "tick",
                    "body",
                    "record",
                    "d",
                    "content",
                    "notification");

    private static final Set<String> LISTS =
            Set.of(
                    "data",
                    "events",
                    "event",
                    "trades",
                    "records",
                    "items",
                    "results",
                    "updates",
                    "messages",
                    "rows",
                    "ticks",
                    "entries",
                    "streams",
                    "publications",
                    "arguments",
                    "changes",
                    "orders",
                    "quotes",
                    "bars",
                    "tickers",
                    "candles",
                    "prices",
                    "payload",
                    "params",
                    "list",
                    "features",
                    "logs",
                    "content",
                    "contents",
                    "alerts");

    private final List<String> path = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private List<JsonNode> values;
    private MessageUnwrapping unwrapping = MessageUnwrapping.NONE;

    /**
     * @param frames all of the same kind
     */
    RecordFinder(List<JsonNode> frames) {
        values = frames;
        while (path.size() < MAX_DEPTH && !values.isEmpty() && step()) {
            unwrapping = Wrapping.detect(values);
        }
    }

    /** The segments of the path; empty if a frame is a record. */
    List<String> path() {
        return path;
    }

    /** The fields of the envelopes that are not in the records. */
    List<String> leftOut() {
        return leftOut;
    }

    MessageUnwrapping unwrapping() {
        return unwrapping;
    }

    private boolean step() {
        if (values.stream().anyMatch(v -> !v.isContainerNode())) {
            return false;
        }
        if (values.stream().allMatch(JsonNode::isObject)) {
            String field = field();
            return field != null && follow(field);
        }
        List<JsonNode> elements = elements(values);
        if (!elements.isEmpty() && elements.stream().allMatch(JsonNode::isObject)) {
            path.add("*");
            values = elements;
            return true;
        }
        String index = index();
        return index != null && follow(index);
    }

    private boolean follow(String segment) {
        path.add(segment);
        values =
                values.stream()
                        .map(v -> v.isArray() ? v.get(Integer.parseInt(segment)) : v.get(segment))
                        .filter(v -> v != null && !v.isNull())
                        .collect(Collectors.toList());
        return true;
    }

    private static List<JsonNode> elements(List<JsonNode> values) {
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode value : values) {
            if (value.isArray()) {
                value.forEach(elements::add);
            } else {
                elements.add(value);
            }
        }
        return elements;
    }

    /** Where in arrays such as ["EVENT", "id", {...}] the object is. */
    @Nullable
    private String index() {
        if (!values.stream().allMatch(JsonNode::isArray)) {
            return null;
        }
        int size = values.stream().mapToInt(JsonNode::size).min().orElse(0);
        for (int i = 0; i < size; i++) {
            int index = i;
            if (values.stream().allMatch(v -> v.get(index).isObject())) {
                return Integer.toString(i);
            }
        }
        return null;
    }

    /** The one field that holds the records; null if the object itself is one. */
    @Nullable
    private String field() {
        Map<String, Content> fields = new LinkedHashMap<>();
        for (JsonNode value : values) {
            value.properties()
                    .forEach(
                            f ->
                                    fields.computeIfAbsent(f.getKey(), k -> new Content())
                                            .add(f.getValue()));
        }
        int leaves = fields.values().stream().mapToInt(c -> c.leaves).sum();
        String best = null;
        for (Map.Entry<String, Content> f : fields.entrySet()) {
            if (isRecords(f.getKey(), f.getValue(), fields, leaves)) {
                if (best == null || fields.get(best).leaves * 3 <= f.getValue().leaves) {
                    best = f.getKey();
                } else if (fields.get(best).leaves < f.getValue().leaves * 3) {
                    return null;
                }
            }
        }
        if (best != null) {
            String chosen = best;
            fields.keySet().stream().filter(k -> !k.equals(chosen)).forEach(leftOut::add);
        }
        return best;
    }

    private boolean isRecords(
            String name, Content content, Map<String, Content> fields, int leaves) {
        String known = name.toLowerCase(Locale.ROOT);
        boolean alone = fields.size() == 1;
        if (content.strings.size() == values.size()) {
            return (alone || ENVELOPES.contains(known))
                    && Wrapping.detect(content.strings) != MessageUnwrapping.NONE;
        }
        int containers = content.objects + content.lists + content.empty;
        if (content.other > 0
                || !content.strings.isEmpty()
                || content.objects + content.lists == 0
                || containers * 10 < values.size() * 8) {
            return false;
        }
        if (alone) {
            return true;
        }
        boolean siblingsAreFew =
                fields.size() <= MAX_SIBLINGS + 1
                        && fields.entrySet().stream()
                                .filter(f -> !f.getKey().equals(name))
                                .allMatch(f -> f.getValue().isSmall(values.size()));
        return siblingsAreFew
                && (content.lists > 0
                        ? LISTS.contains(known)
                        : ENVELOPES.contains(known) && content.leaves * 2 >= leaves);
    }

    /** What a field holds in all values. */
    private static final class Content {
        private int objects;
        private int lists;
        private int empty;
        private int other;
        private int leaves;
        private int inContainers;
        private final List<JsonNode> strings = new ArrayList<>();

        void add(JsonNode value) {
            leaves += JsonValues.leaves(value);
            if (value.isTextual()) {
                strings.add(value);
            } else if (value.isContainerNode() && value.isEmpty()) {
                empty++;
            } else if (value.isObject()) {
                objects++;
                inContainers += JsonValues.leaves(value);
            } else if (value.isArray()
                    && elements(List.of(value)).stream().allMatch(JsonNode::isObject)) {
                lists++;
                inContainers += JsonValues.leaves(value);
            } else if (!value.isNull()) {
                other++;
                inContainers += value.isArray() ? JsonValues.leaves(value) : 0;
            }
        }

        boolean isSmall(int frames) {
            return inContainers <= MAX_SIBLING_LEAVES * frames;
        }
    }
}

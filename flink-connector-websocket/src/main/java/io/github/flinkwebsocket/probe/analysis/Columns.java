package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The columns that JSON records make: the union of their fields. Used once; any thread. */
@Internal
final class Columns {

    /** With more, the fields are data and no columns. */
    private static final int MAX_COLUMNS = 300;

    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<String> guesses = new ArrayList<>();
    private final SqlTypes sqlTypes = new SqlTypes();

    /**
     * @param records objects
     * @param ofControls objects that come of control messages
     */
    Columns(List<JsonNode> records, List<JsonNode> ofControls) {
        List<JsonNode> data = new ArrayList<>();
        List<JsonNode> controls = new ArrayList<>(ofControls);
        Set<String> signs = new TreeSet<>();
        for (JsonNode control : ofControls) {
            String sign = ControlRule.sign(control);
            if (sign != null) {
                signs.add(sign);
            }
        }
        for (JsonNode record : records) {
            String sign = ControlRule.sign(record);
            if (sign == null) {
                data.add(record);
            } else {
                controls.add(record);
                signs.add(sign);
            }
        }
        if (data.isEmpty()) {
            data = records;
            controls = ofControls;
        }
        Map<String, TypeGuess> fields = fields(data, controls);
        if (fields.size() > MAX_COLUMNS) {
            guesses.add("the records have more than " + MAX_COLUMNS + " different fields");
            return;
        }
        fields.forEach(
                (name, guess) -> {
                    if (SqlText.isName(name)) {
                        types.put(name, sqlTypes.type(name, guess));
                    } else {
                        guesses.add("a field whose name can't be written is left out");
                    }
                });
        if (!controls.isEmpty()) {
            guesses.add(controlGuess(fields.keySet(), data, controls, signs));
        }
        guesses.addAll(sqlTypes.guessed());
    }

    /** Data says which columns there are; control messages must be readable all the same. */
    private static Map<String, TypeGuess> fields(List<JsonNode> data, List<JsonNode> controls) {
        Map<String, TypeGuess> fields = new LinkedHashMap<>();
        for (JsonNode record : data) {
            record.properties()
                    .forEach(
                            f -> {
                                if (fields.size() <= MAX_COLUMNS
                                        || fields.containsKey(f.getKey())) {
                                    fields.computeIfAbsent(f.getKey(), k -> new TypeGuess())
                                            .add(f.getValue());
                                }
                            });
        }
        for (JsonNode record : controls) {
            record.properties()
                    .forEach(
                            f -> {
                                if (fields.containsKey(f.getKey())) {
                                    fields.get(f.getKey()).add(f.getValue());
                                }
                            });
        }
        return fields;
    }

    private static String controlGuess(
            Set<String> names, List<JsonNode> data, List<JsonNode> controls, Set<String> signs) {
        Set<String> telling = new LinkedHashSet<>(names);
        telling.removeIf(
                name ->
                        !data.stream().allMatch(r -> r.hasNonNull(name))
                                || controls.stream().anyMatch(r -> r.hasNonNull(name)));
        return "some records are of control messages"
                + (signs.isEmpty() ? "" : " (" + String.join(", ", signs) + ")")
                + (telling.isEmpty()
                        ? ""
                        : "; leave them out with WHERE "
                                + SqlText.name(telling.iterator().next())
                                + " IS NOT NULL");
    }

    /** Names and SQL types. */
    Map<String, String> types() {
        return types;
    }

    /** What is not certain. */
    List<String> guesses() {
        return guesses;
    }

    boolean hasTimestamps() {
        return sqlTypes.hasTimestamps();
    }
}

package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Chooses the SQL type that Flink's JSON format can read all seen values as. Anything can be read
 * as STRING, objects and arrays as their JSON text. Not thread-safe.
 */
@Internal
final class SqlTypes {

    private static final int MAX_PRECISION = 38;

    /** Enough for all currencies, and leaves 20 digits before the point. */
    private static final int USUAL_SCALE = 18;

    /** A long has at most 19 digits, but not all of 19 digits are longs. */
    private static final int LONG_DIGITS = 18;

    /** Fewer different keys are taken as fields. */
    private static final int MIN_MAP_KEYS = 6;

    private static final int MAX_ROW_FIELDS = 100;

    /** Names of what has fractions even if only whole numbers were seen. */
    private static final Pattern QUANTITY =
            Pattern.compile("px|sz|asks?|bids?|.*(price|amount|qty|quantity|volume)s?.*");

    private final List<String> guessed = new ArrayList<>();
    private boolean timestamps;

    /** The type of a column. */
    String type(String name, TypeGuess guess) {
        if (guess.count() == 0) {
            if (guess.nulls > 0) {
                guessed.add(name + " was always null");
            }
            return "STRING";
        }
        int count = guess.count();
        if (guess.booleans == count) {
            return "BOOLEAN";
        }
        if (guess.objects == count) {
            return object(name, guess);
        }
        if (guess.arrays == count) {
            return "ARRAY<"
                    + (guess.element() == null ? "STRING" : type(name, guess.element()))
                    + ">";
        }
        if (guess.timestamps == count) {
            timestamps = true;
            return "TIMESTAMP_LTZ(" + precision(guess.timestampScale) + ")";
        }
        if (guess.numbers() == count) {
            return number(name, guess);
        }
        int numeric = guess.numbers() + guess.wholeStrings + guess.fractionStrings;
        return numeric == count ? numericText(name, guess) : "STRING";
    }

    private static int precision(int digits) {
        return digits <= 3 ? 3 : digits <= 6 ? 6 : 9;
    }

    private String number(String name, TypeGuess guess) {
        if (guess.fractions > 0) {
            return "DOUBLE";
        }
        if (guess.digits > MAX_PRECISION) {
            return "STRING";
        }
        if (guess.digits > LONG_DIGITS) {
            return "DECIMAL(38, 0)";
        }
        if (isQuantity(name)) {
            guessed.add(name + " may have fractions, though none was seen");
            return "DOUBLE";
        }
        return "BIGINT";
    }

    /** Strings of digits alone are ids more often than quantities. */
    private String numericText(String name, TypeGuess guess) {
        boolean fractions = guess.fractionStrings + guess.fractions > 0;
        if (!fractions && !isQuantity(name)) {
            return "STRING";
        }
        if (guess.digits + guess.scale > MAX_PRECISION) {
            return "STRING";
        }
        if (!fractions) {
            guessed.add(name + " may have fractions, though none was seen");
        }
        int scale = Math.max(guess.scale, Math.min(USUAL_SCALE, MAX_PRECISION - guess.digits));
        return "DECIMAL(38, " + scale + ")";
    }

    private static boolean isQuantity(String name) {
        return QUANTITY.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private String object(String name, TypeGuess guess) {
        Map<String, TypeGuess> fields = guess.fields();
        if (fields.isEmpty()) {
            return "MAP<STRING, STRING>";
        }
        if (isMap(guess)) {
            TypeGuess value = new TypeGuess();
            fields.values().forEach(value::addScalars);
            guessed.add(name + " is a map, since its keys vary");
            return "MAP<STRING, " + type(name, value) + ">";
        }
        List<String> parts = new ArrayList<>();
        fields.forEach(
                (key, field) -> {
                    if (SqlText.isName(key)) {
                        parts.add(SqlText.name(key) + " " + type(key, field));
                    }
                });
        return parts.isEmpty() ? "STRING" : "ROW<" + String.join(", ", parts) + ">";
    }

    /** Whether the keys are data: many, and each in few of the objects, or all numbers. */
    private static boolean isMap(TypeGuess guess) {
        Map<String, TypeGuess> fields = guess.fields();
        if (fields.size() > MAX_ROW_FIELDS
                || fields.keySet().stream().allMatch(k -> k.matches("[0-9]+"))) {
            return true;
        }
        long present = fields.values().stream().mapToLong(f -> f.count() + f.nulls).sum();
        boolean sparse = present * 2 < (long) fields.size() * guess.objects;
        return fields.size() >= MIN_MAP_KEYS && sparse && isSameScalar(fields);
    }

    private static boolean isSameScalar(Map<String, TypeGuess> fields) {
        TypeGuess all = new TypeGuess();
        fields.values().forEach(all::addScalars);
        int count = all.count();
        return count > 0
                && fields.values().stream().allMatch(f -> f.objects + f.arrays == 0)
                && (all.booleans == count || all.numbers() == count || all.texts() == count);
    }

    /** What is not certain, each a phrase. */
    List<String> guessed() {
        return guessed;
    }

    /** Whether a type needs ISO 8601 as the format's standard. */
    boolean hasTimestamps() {
        return timestamps;
    }
}

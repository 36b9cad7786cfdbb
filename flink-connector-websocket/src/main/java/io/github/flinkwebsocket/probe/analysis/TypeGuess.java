package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what the values of one field look like. Not thread-safe. */
@Internal
final class TypeGuess {

    /** Deeper, or with more fields, a value is taken as JSON text. */
    private static final int MAX_DEPTH = 8;

    static final int MAX_FIELDS = 1000;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

    /**
     * What Flink's JSON format reads as TIMESTAMP_LTZ if json.timestamp-format.standard says so.
     */
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.([0-9]{1,9}))?Z");

    private final int depth;

    int nulls;
    int booleans;
    int wholes;
    int fractions;
    int wholeStrings;
    int fractionStrings;
    int timestamps;
    int strings;
    int objects;
    int arrays;

    /** The most digits before and after the decimal point. */
    int digits;

    int scale;
    int timestampScale;
    private final Map<String, TypeGuess> fields = new LinkedHashMap<>();
    @Nullable private TypeGuess element;

    TypeGuess() {
        this(0);
    }

    private TypeGuess(int depth) {
        this.depth = depth;
    }

    void add(JsonNode value) {
        if (value.isNull()) {
            nulls++;
        } else if (value.isBoolean()) {
            booleans++;
        } else if (value.isNumber()) {
            number(value);
        } else if (value.isTextual()) {
            text(value.asText());
        } else if (depth >= MAX_DEPTH) {
            strings++;
        } else if (value.isObject()) {
            objects++;
            value.properties().forEach(f -> field(f.getKey(), f.getValue()));
        } else {
            arrays++;
            for (JsonNode child : value) {
                element = element == null ? new TypeGuess(depth + 1) : element;
                element.add(child);
            }
        }
    }

    private void field(String name, JsonNode value) {
        TypeGuess field = fields.get(name);
        if (field == null && fields.size() < MAX_FIELDS) {
            field = new TypeGuess(depth + 1);
            fields.put(name, field);
        }
        if (field != null) {
            field.add(value);
        }
    }

    private void number(JsonNode value) {
        BigDecimal number = value.decimalValue();
        if (value.isIntegralNumber()) {
            wholes++;
            digits = Math.max(digits, number.precision());
        } else {
            fractions++;
            // Huge exponents only have to be told from usual numbers.
            digits =
                    Math.max(digits, (int) Math.max(1, (long) number.precision() - number.scale()));
            scale = Math.max(scale, number.scale());
        }
    }

    private void text(String text) {
        Matcher timestamp = TIMESTAMP.matcher(text);
        Matcher number = NUMBER.matcher(text);
        if (timestamp.matches() && isTime(text)) {
            timestamps++;
            String fraction = timestamp.group(2);
            timestampScale = Math.max(timestampScale, fraction == null ? 0 : fraction.length());
        } else if (number.matches()) {
            String fraction = number.group(2);
            digits = Math.max(digits, number.group(1).length());
            if (fraction == null) {
                wholeStrings++;
            } else {
                fractionStrings++;
                scale = Math.max(scale, fraction.length() - 1);
            }
        } else {
            strings++;
        }
    }

    /** Some feeds write 0000-00-00T00:00:00Z for no time. */
    private static boolean isTime(String timestamp) {
        try {
            LocalDateTime.parse(timestamp.substring(0, timestamp.length() - 1));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** How many values there were, without nulls. */
    int count() {
        return numbers() + booleans + texts() + objects + arrays;
    }

    int numbers() {
        return wholes + fractions;
    }

    int texts() {
        return wholeStrings + fractionStrings + timestamps + strings;
    }

    /** The fields of objects, in the order in which they were seen. */
    Map<String, TypeGuess> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** The elements of arrays; null if all were empty. */
    @Nullable
    TypeGuess element() {
        return element;
    }

    /** Adds all that another guess has seen, but for what is in its objects and arrays. */
    void addScalars(TypeGuess other) {
        nulls += other.nulls;
        booleans += other.booleans;
        wholes += other.wholes;
        fractions += other.fractions;
        wholeStrings += other.wholeStrings;
        fractionStrings += other.fractionStrings;
        timestamps += other.timestamps;
        strings += other.strings + other.objects + other.arrays;
        digits = Math.max(digits, other.digits);
        scale = Math.max(scale, other.scale);
        timestampScale = Math.max(timestampScale, other.timestampScale);
    }
}

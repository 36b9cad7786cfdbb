package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * The ways in which a time between 2000 and 2100 may be written, as 'message.event-time-format'
 * names them. Their ranges of numbers do not overlap. Any thread.
 */
@Internal
enum TimeFormat {
    EPOCH_SECONDS("epoch-seconds", 3),
    EPOCH_MILLIS("epoch-millis", 0),
    EPOCH_MICROS("epoch-micros", -3),
    EPOCH_NANOS("epoch-nanos", -6),
    ISO_8601("iso-8601", 0);

    private static final long MIN_MILLIS = 946_684_800_000L;
    private static final long MAX_MILLIS = 4_102_444_800_000L;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{9,19}(\\.[0-9]{1,9})?");
    private static final Pattern ISO =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?"
                            + "([Zz]|[+-][0-9]{2}:?([0-9]{2})?)?");

    private final String option;
    private final int digitsToMillis;

    TimeFormat(String option, int digitsToMillis) {
        this.option = option;
        this.digitsToMillis = digitsToMillis;
    }

    /** The value of the option. */
    String option() {
        return option;
    }

    /** How a value is written if it is a time; null if it is none. */
    @Nullable
    static TimeFormat of(JsonNode value) {
        if (!value.isNumber() && !value.isTextual()) {
            return null;
        }
        String text = value.asText();
        if (ISO.matcher(text).matches()) {
            return value.isTextual() && ISO_8601.isPlausible(text) ? ISO_8601 : null;
        }
        if (NUMBER.matcher(text).matches()) {
            for (TimeFormat format : values()) {
                if (format != ISO_8601 && format.isPlausible(text)) {
                    return format;
                }
            }
        }
        return null;
    }

    private boolean isPlausible(String text) {
        long millis = millis(text);
        return millis >= MIN_MILLIS && millis < MAX_MILLIS;
    }

    /** Whether the text is a local time. */
    boolean isZoneless(String text) {
        return this == ISO_8601 && !text.matches(".*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)");
    }

    /** The time in epoch milliseconds; negative if it can't be read. */
    long millis(String text) {
        if (this != ISO_8601) {
            return new BigDecimal(text)
                    .movePointRight(digitsToMillis)
                    .setScale(0, RoundingMode.FLOOR)
                    .longValue();
        }
        try {
            String time = text.substring(0, 10) + "T" + text.substring(11);
            String zoned = isZoneless(time) ? time + "Z" : time;
            zoned = zoned.replaceAll("([+-][0-9]{2})$", "$1:00");
            zoned = zoned.replaceAll("([+-][0-9]{2})([0-9]{2})$", "$1:$2");
            return OffsetDateTime.parse(zoned).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return -1;
        }
    }
}

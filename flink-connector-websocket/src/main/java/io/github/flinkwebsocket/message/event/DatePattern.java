package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * The date patterns of {@code %{+...}}. They are those of java.time, except for the letters that
 * mean something else in Logstash (Joda-Time): Y is the year, x the year of the ISO week, w that
 * week, e its day, ZZ an offset with a colon. Immutable; any thread.
 */
@Internal
final class DatePattern {

    private static final String OWN_LETTERS = "YxweZ";

    private final DateTimeFormatter formatter;

    private DatePattern(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    static DatePattern of(String pattern) {
        if (pattern.isBlank()) {
            throw new IllegalArgumentException("the pattern of the date is empty");
        }
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        StringBuilder standard = new StringBuilder();
        for (int at = 0; at < pattern.length(); ) {
            int end = endOfRun(pattern, at);
            if (OWN_LETTERS.indexOf(pattern.charAt(at)) < 0) {
                standard.append(pattern, at, end);
            } else {
                flush(standard, builder);
                own(pattern.charAt(at), end - at, builder);
            }
            at = end;
        }
        flush(standard, builder);
        DatePattern result =
                new DatePattern(builder.toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC));
        result.format(Instant.EPOCH);
        return result;
    }

    /** The end of a quoted text, or of the same letter repeated. */
    private static int endOfRun(String pattern, int start) {
        char first = pattern.charAt(start);
        if (first == '\'') {
            int close = pattern.indexOf('\'', start + 1);
            return close < 0 ? pattern.length() : close + 1;
        }
        int end = start + 1;
        while (end < pattern.length() && pattern.charAt(end) == first) {
            end++;
        }
        return end;
    }

    private static void flush(StringBuilder standard, DateTimeFormatterBuilder to) {
        if (standard.length() > 0) {
            to.appendPattern(standard.toString());
            standard.setLength(0);
        }
    }

    private static void own(char letter, int count, DateTimeFormatterBuilder to) {
        switch (letter) {
            case 'Y':
                to.appendPattern("y".repeat(count));
                break;
            case 'x':
                if (count == 2) {
                    to.appendValueReduced(IsoFields.WEEK_BASED_YEAR, 2, 2, 2000);
                } else {
                    to.appendValue(IsoFields.WEEK_BASED_YEAR, count, 19, SignStyle.NORMAL);
                }
                break;
            case 'w':
                to.appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, count, 19, SignStyle.NORMAL);
                break;
            case 'e':
                to.appendValue(ChronoField.DAY_OF_WEEK, count, 19, SignStyle.NORMAL);
                break;
            default:
                to.appendOffset(count == 2 ? "+HH:MM" : "+HHMM", count == 2 ? "+00:00" : "+0000");
        }
    }

    String format(Instant time) {
        return formatter.format(time);
    }
}

package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Reads a date as HTTP has it, in all three forms (RFC 9110, section 5.6.7). The day of the week is
 * not looked at. Stateless; any thread.
 */
@Internal
final class HttpDate {

    private static final DateTimeFormatter IMF_FIXDATE = pattern("d MMM yyyy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = pattern("MMM ppd HH:mm:ss yyyy");

    /** In epoch milliseconds, or null if it is no date. */
    @Nullable
    static Long parse(String text, long now) {
        int comma = text.indexOf(',');
        String date = text.substring((comma < 0 ? text.indexOf(' ') : comma) + 1).strip();
        try {
            if (comma < 0) {
                return millis(LocalDateTime.parse(date, ASCTIME));
            }
            return date.indexOf('-') < 0
                    ? millis(LocalDateTime.parse(date, IMF_FIXDATE))
                    : rfc850(date, now);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A year of two digits is within the next 50 years, or else in the past. */
    private static long rfc850(String date, long now) {
        LocalDateTime today = LocalDateTime.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC);
        DateTimeFormatter formatter =
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern("d-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, today.getYear() - 49)
                        .appendPattern(" HH:mm:ss 'GMT'")
                        .toFormatter(Locale.ROOT);
        LocalDateTime read = LocalDateTime.parse(date, formatter);
        return millis(read.isAfter(today.plusYears(50)) ? read.minusYears(100) : read);
    }

    private static long millis(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static DateTimeFormatter pattern(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ROOT);
    }

    private HttpDate() {}
}

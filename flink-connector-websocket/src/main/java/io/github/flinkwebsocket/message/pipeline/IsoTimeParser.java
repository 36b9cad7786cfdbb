package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads ISO 8601 as it occurs: the extended and the basic form, a blank for the T and before the
 * offset, a comma before the fraction, 24:00, leap seconds. Task thread.
 */
@Internal
final class IsoTimeParser {

    private static final int NANO_DIGITS = 9;

    private final ZoneId zone;
    private String text;
    private int at;

    /**
     * @param zone that of times that name none
     */
    IsoTimeParser(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @throws DateTimeException if it is no such time
     */
    Instant parse(String time) {
        text = time;
        at = 0;
        LocalDate date = date();
        if (at == text.length()) {
            return date.atStartOfDay(zone).toInstant();
        }
        if (!skip('T') && !skip('t') && !skip(' ')) {
            throw error();
        }
        return time(date);
    }

    private LocalDate date() {
        boolean negative = skip('-');
        boolean signed = negative || skip('+');
        int digits = digits();
        if (digits == 8 && !signed) {
            return LocalDate.of(number(4), number(2), number(2));
        }
        if (digits < 4 || digits > 9 || (digits > 4 && !signed)) {
            throw error();
        }
        int year = number(digits);
        require('-');
        int month = number(2);
        require('-');
        return LocalDate.of(negative ? -year : year, month, number(2));
    }

    private Instant time(LocalDate date) {
        int hour = number(2);
        boolean extended = skip(':');
        int minute = number(2);
        int second = 0;
        int nanos = 0;
        if (extended ? skip(':') : digits() > 0) {
            second = number(2);
            if (skip('.') || skip(',')) {
                nanos = nanos();
            }
        }
        boolean endOfDay = hour == 24 && minute == 0 && second == 0 && nanos == 0;
        boolean leap = second == 60;
        LocalDateTime local =
                date.atTime(endOfDay ? 0 : hour, minute, leap ? 59 : second, nanos)
                        .plusDays(endOfDay ? 1 : 0)
                        .plusSeconds(leap ? 1 : 0);
        ZoneOffset offset = offset();
        Instant instant = offset == null ? local.atZone(zone).toInstant() : local.toInstant(offset);
        if (at != text.length()) {
            throw error();
        }
        return instant;
    }

    /** What is finer than a nanosecond is cut off. */
    private int nanos() {
        int digits = digits();
        if (digits == 0) {
            throw error();
        }
        int nanos = number(Math.min(digits, NANO_DIGITS));
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        at += Math.max(0, digits - NANO_DIGITS);
        return nanos;
    }

    /** Null if there is none. */
    private ZoneOffset offset() {
        if (at == text.length()) {
            return null;
        }
        boolean blank = skip(' ');
        if (skip('Z') || skip('z') || (blank && (skip("UTC") || skip("GMT")))) {
            return ZoneOffset.UTC;
        }
        int sign = skip('-') ? -1 : 1;
        if (sign > 0) {
            require('+');
        }
        int hours = number(2);
        boolean colon = skip(':');
        int minutes = colon || digits() > 0 ? number(2) : 0;
        int seconds = (colon ? skip(':') : digits() > 0) ? number(2) : 0;
        return ZoneOffset.ofHoursMinutesSeconds(sign * hours, sign * minutes, sign * seconds);
    }

    private boolean skip(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private boolean skip(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private void require(char expected) {
        if (!skip(expected)) {
            throw error();
        }
    }

    /** How many digits follow. */
    private int digits() {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - at;
    }

    private int number(int length) {
        if (digits() < length) {
            throw error();
        }
        int value = 0;
        for (int end = at + length; at < end; at++) {
            value = 10 * value + text.charAt(at) - '0';
        }
        return value;
    }

    private DateTimeException error() {
        return new DateTimeException("Not expected at index " + at);
    }
}

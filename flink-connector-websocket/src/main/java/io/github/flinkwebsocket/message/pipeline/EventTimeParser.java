package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.EventTimeFormat;
import io.github.flinkwebsocket.feed.EventTimeFormat.Kind;
import io.github.flinkwebsocket.json.JsonScanner;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads an event time as the feed writes it, in epoch milliseconds, rounded down. Task thread. */
@Internal
final class EventTimeParser {

    /** More than any time has, less than arithmetic takes long for. */
    private static final int MAX_DIGITS = 64;

    /** As many hexadecimal digits as a word of 256 bits has, and their 0x. */
    private static final int MAX_LENGTH = MAX_DIGITS + 2;

    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]\\p{XDigit}+");

    /** The largest whole number that can be multiplied. */
    private static final long MAX_WHOLE = Long.MAX_VALUE / 1_000;

    private final EventTimeFormat format;
    private final ZoneId zone;
    private final IsoTimeParser iso;

    /** Null without a pattern. */
    @Nullable private final DateTimeFormatter formatter;

    EventTimeParser(EventTimeFormat format) {
        this.format = format;
        this.zone = format.zone();
        this.iso = new IsoTimeParser(zone);
        this.formatter =
                format.kind() == Kind.PATTERN
                        ? DateTimeFormatter.ofPattern(format.pattern(), Locale.ROOT)
                        : null;
    }

    /**
     * Reads the value that a scanner has gone past.
     *
     * @throws EventTimeException if it is no time in this format
     */
    long parse(JsonScanner scanner, byte[] bytes, int from, int to) throws IOException {
        if (bytes[from] == '{' || bytes[from] == '[') {
            throw EventTimeException.container(bytes[from] == '[');
        }
        if (format.kind() == Kind.ISO_8601 || format.kind() == Kind.PATTERN) {
            return text(scanner.scalar(from, to));
        }
        boolean quoted = bytes[from] == '"';
        long whole = quoted ? digits(bytes, from + 1, to - 1) : digits(bytes, from, to);
        return whole < 0 || whole > MAX_WHOLE ? number(scanner.scalar(from, to)) : whole(whole);
    }

    /** The number that these digits are; -1 if they are not digits alone, or too many. */
    private static long digits(byte[] bytes, int from, int to) {
        if (to == from || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private long whole(long value) {
        switch (format.kind()) {
            case EPOCH_MILLIS:
                return value;
            case EPOCH_MICROS:
                return value / 1_000;
            case EPOCH_NANOS:
                return value / 1_000_000;
            default:
                return value * 1_000;
        }
    }

    private long number(String text) throws EventTimeException {
        if (text.length() > MAX_LENGTH) {
            throw new EventTimeException(text, "a time in " + unit(), null);
        }
        try {
            BigDecimal value =
                    HEXADECIMAL.matcher(text).matches()
                            ? new BigDecimal(new BigInteger(text.substring(2), 16))
                            : new BigDecimal(text);
            if (Math.abs((long) value.scale()) > MAX_DIGITS) {
                throw new EventTimeException(text, "a time in " + unit(), null);
            }
            return value.movePointRight(digitsToMillis())
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new EventTimeException(text, "a time in " + unit(), e);
        }
    }

    private int digitsToMillis() {
        switch (format.kind()) {
            case EPOCH_SECONDS:
                return 3;
            case EPOCH_MICROS:
                return -3;
            case EPOCH_NANOS:
                return -6;
            default:
                return 0;
        }
    }

    private String unit() {
        return format.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private long text(String text) throws EventTimeException {
        try {
            Instant time = formatter == null ? iso.parse(text) : instant(formatter, text);
            return time.toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new EventTimeException(
                    text,
                    format.kind() == Kind.PATTERN
                            ? "written as " + format.pattern()
                            : "in ISO 8601",
                    e);
        }
    }

    private Instant instant(DateTimeFormatter pattern, String text) {
        TemporalAccessor time =
                pattern.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from);
        if (time instanceof Instant) {
            return (Instant) time;
        }
        return time instanceof LocalDateTime
                ? ((LocalDateTime) time).atZone(zone).toInstant()
                : ((LocalDate) time).atStartOfDay(zone).toInstant();
    }
}

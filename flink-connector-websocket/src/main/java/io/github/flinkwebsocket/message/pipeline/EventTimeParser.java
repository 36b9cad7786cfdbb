package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.EventTimeFormat;
import io.github.flinkwebsocket.feed.EventTimeFormat.Kind;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Reads an event time as the feed writes it, in epoch milliseconds, rounded down. Task thread. */
@Internal
final class EventTimeParser {

    /** More than any time has, less than arithmetic takes long for. */
    private static final int MAX_DIGITS = 64;

    /** ISO 8601 as it occurs: a blank for the T, no seconds, offsets with and without a colon. */
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .appendPattern("[XXXXX][XX][X]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private final EventTimeFormat format;
    private final ZoneId zone;
    private final DateTimeFormatter formatter;

    EventTimeParser(EventTimeFormat format) {
        this.format = format;
        this.zone = format.zone();
        this.formatter =
                format.kind() == Kind.PATTERN
                        ? DateTimeFormatter.ofPattern(format.pattern(), Locale.ROOT)
                        : ISO;
    }

    /**
     * Reads the scalar that the parser is at.
     *
     * @throws EventTimeException if it is no time in this format
     */
    long parse(JsonParser parser) throws IOException {
        if (format.kind() == Kind.ISO_8601 || format.kind() == Kind.PATTERN) {
            return text(parser.getText());
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return whole(parser.getLongValue());
        }
        return number(parser.getText());
    }

    private long whole(long value) throws EventTimeException {
        switch (format.kind()) {
            case EPOCH_MILLIS:
                return value;
            case EPOCH_MICROS:
                return Math.floorDiv(value, 1_000L);
            case EPOCH_NANOS:
                return Math.floorDiv(value, 1_000_000L);
            default:
                return number(Long.toString(value));
        }
    }

    private long number(String text) throws EventTimeException {
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.max(value.precision(), Math.abs((long) value.scale())) > MAX_DIGITS) {
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
            TemporalAccessor time =
                    formatter.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from);
            return toInstant(time).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new EventTimeException(
                    text,
                    format.kind() == Kind.PATTERN
                            ? "written as " + format.pattern()
                            : "in ISO 8601",
                    e);
        }
    }

    private Instant toInstant(TemporalAccessor time) {
        if (time instanceof Instant) {
            return (Instant) time;
        }
        return time instanceof LocalDateTime
                ? ((LocalDateTime) time).atZone(zone).toInstant()
                : ((LocalDate) time).atStartOfDay(zone).toInstant();
    }
}

package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/** Times as ISO 8601 text, in UTC where the text names no offset. Any thread. */
@Internal
final class IsoTime {

    private static final int LONGEST = 64;
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final DateTimeFormatter READ =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendLiteral('T')
                    .appendValue(ChronoField.HOUR_OF_DAY, 2)
                    .appendLiteral(':')
                    .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                    .optionalStart()
                    .appendLiteral(':')
                    .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd()
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HH:mm", "Z")
                    .optionalEnd()
                    .optionalEnd()
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    /** An offset without a colon. */
    private static final Pattern BASIC_OFFSET = Pattern.compile("(T.*[+-]\\d\\d)(\\d\\d)$");

    private static final DateTimeFormatter WRITE_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** The time that a JSON value stands for, or null if it is not a string with a time. */
    @Nullable
    static Instant read(@Nullable JsonNode value) {
        return value == null || !value.isTextual() ? null : read(value.textValue());
    }

    /** The time that a text stands for, or null if it is none that fits epoch milliseconds. */
    @Nullable
    static Instant read(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            Instant instant =
                    instant(
                            READ.parseBest(
                                    BASIC_OFFSET
                                            .matcher(text.replace(',', '.'))
                                            .replaceFirst("$1:$2"),
                                    OffsetDateTime::from,
                                    LocalDateTime::from,
                                    LocalDate::from));
            return fits(instant) ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether the time can be told in epoch milliseconds of 64 bits. */
    static boolean fits(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    private static Instant instant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime) {
            return ((OffsetDateTime) time).toInstant();
        }
        LocalDateTime local =
                time instanceof LocalDate
                        ? ((LocalDate) time).atStartOfDay()
                        : (LocalDateTime) time;
        return local.toInstant(ZoneOffset.UTC);
    }

    /** The time as text, with milliseconds, and with more where there are more. */
    static String write(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.MILLIS))
                ? WRITE_MILLIS.format(time)
                : time.toString();
    }

    private IsoTime() {}
}

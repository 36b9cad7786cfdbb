package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** How an event time is written. Immutable; any thread. */
@Internal
public final class EventTimeFormat implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The kinds that have names; any other text is a pattern. */
    public enum Kind {
        EPOCH_SECONDS("epoch-seconds"),
        EPOCH_MILLIS("epoch-millis"),
        EPOCH_MICROS("epoch-micros"),
        EPOCH_NANOS("epoch-nanos"),
        ISO_8601("iso-8601"),
        PATTERN("");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    private final Kind kind;
    @Nullable private final String pattern;
    private final ZoneId zone;

    private EventTimeFormat(Kind kind, @Nullable String pattern, ZoneId zone) {
        this.kind = kind;
        this.pattern = pattern;
        this.zone = zone;
    }

    static EventTimeFormat read(ReadableConfig config) {
        String text = config.get(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT);
        ZoneId zone = zone(config.get(WebSocketOptions.MESSAGE_EVENT_TIME_ZONE));
        for (Kind kind : Kind.values()) {
            if (kind != Kind.PATTERN && kind.key.equals(text)) {
                return new EventTimeFormat(kind, null, zone);
            }
        }
        EventTimeFormat format = new EventTimeFormat(Kind.PATTERN, text, zone);
        if (!isPattern(text)) {
            throw invalid(text);
        }
        return format;
    }

    /** Misspelt names are patterns to Java, too, but not with a year. */
    private static boolean isPattern(String text) {
        try {
            return DateTimeFormatter.ofPattern(text).toString().contains("Year");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static IllegalArgumentException invalid(String text) {
        return InvalidOption.value(
                WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT,
                text,
                "it must be epoch-seconds, epoch-millis, epoch-micros, epoch-nanos, iso-8601 or a"
                        + " pattern with a year, such as yyyy-MM-dd HH:mm:ss");
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw InvalidOption.value(
                    WebSocketOptions.MESSAGE_EVENT_TIME_ZONE,
                    text,
                    "it must be a time zone, such as UTC, +02:00 or Europe/Berlin");
        }
    }

    public Kind kind() {
        return kind;
    }

    /** The pattern of {@link Kind#PATTERN}, else null. */
    @Nullable
    public String pattern() {
        return pattern;
    }

    /** The zone of times that name none. */
    public ZoneId zone() {
        return zone;
    }
}

package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** An event time that is not what the feed says. Made on the task thread. */
@Internal
final class EventTimeException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 64;

    private EventTimeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    EventTimeException(String value, String expected, @Nullable Throwable cause) {
        this(
                String.format(
                        "The event time '%s' is not %s ('message.event-time-format').",
                        value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…",
                        expected),
                cause);
    }

    /** Where the time should be is an object or an array. */
    static EventTimeException container(boolean array) {
        return new EventTimeException(
                String.format(
                        "The event time is an %s; 'message.event-time' must lead to a number or a"
                                + " string.",
                        array ? "array" : "object"),
                null);
    }

    static EventTimeException missing() {
        return new EventTimeException(
                "The record has no event time where 'message.event-time' leads to;"
                        + " 'message.event-time-missing' is 'error'.",
                null);
    }

    static EventTimeException ahead(long time, long receiveTime, long maxAhead) {
        return new EventTimeException(
                String.format(
                        "The event time %s is more than 'message.event-time-max-ahead' (%s) after the"
                                + " receive time %s; is it really written as"
                                + " 'message.event-time-format' says?",
                        Instant.ofEpochMilli(time),
                        Duration.ofMillis(maxAhead),
                        Instant.ofEpochMilli(receiveTime)),
                null);
    }
}

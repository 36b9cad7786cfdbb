package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/** An event time that is not written as the feed says. Made on the task thread. */
@Internal
final class EventTimeException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 64;

    EventTimeException(String value, String expected, @Nullable Throwable cause) {
        super(
                String.format(
                        "The event time '%s' is not %s ('message.event-time-format').",
                        value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…",
                        expected),
                cause);
    }
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done with a message before it is decoded. Immutable; any thread. */
@Internal
public final class MessageSettings implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Duration LONGEST_AHEAD = Duration.ofMillis(Long.MAX_VALUE / 2);

    /** The options that say more of an event time. */
    private static final List<ConfigOption<?>> OF_EVENT_TIME =
            List.of(
                    WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT,
                    WebSocketOptions.MESSAGE_EVENT_TIME_ZONE,
                    WebSocketOptions.MESSAGE_EVENT_TIME_MISSING,
                    WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD);

    private final MessageCompression compression;
    private final MessageFraming framing;
    @Nullable private final String separator;
    @Nullable private final RecordPath record;
    private final MessageUnwrapping unwrapping;
    @Nullable private final RecordPath eventTime;
    private final EventTimeFormat eventTimeFormat;
    private final EventTimeMissing eventTimeMissing;
    private final long eventTimeMaxAhead;
    private final int maxSize;

    MessageSettings(ReadableConfig config, int maxSize) {
        compression = config.get(WebSocketOptions.MESSAGE_COMPRESSION);
        framing = config.get(WebSocketOptions.MESSAGE_FRAMING);
        separator = separator(config);
        record = path(config, WebSocketOptions.MESSAGE_RECORD);
        unwrapping = config.get(WebSocketOptions.MESSAGE_UNWRAP);
        eventTime = path(config, WebSocketOptions.MESSAGE_EVENT_TIME);
        eventTimeFormat = EventTimeFormat.read(config);
        eventTimeMissing = config.get(WebSocketOptions.MESSAGE_EVENT_TIME_MISSING);
        eventTimeMaxAhead = maxAhead(config);
        this.maxSize = maxSize;
        checkEventTime(config);
    }

    @Nullable
    private String separator(ReadableConfig config) {
        Optional<String> text = config.getOptional(WebSocketOptions.MESSAGE_SEPARATOR);
        if (text.isPresent() != (framing == MessageFraming.SEPARATOR)) {
            throw InvalidOption.value(
                    WebSocketOptions.MESSAGE_FRAMING,
                    framing,
                    text.isPresent()
                            ? "it must be 'separator' if 'message.separator' is set"
                            : "then 'message.separator' must be set");
        }
        return text.map(EscapedText::separator).orElse(null);
    }

    @Nullable
    private static RecordPath path(ReadableConfig config, ConfigOption<String> option) {
        return config.getOptional(option).map(text -> RecordPath.parse(option, text)).orElse(null);
    }

    /** Small enough to be added to a time. */
    private static long maxAhead(ReadableConfig config) {
        Duration ahead = config.get(WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD);
        if (ahead.isNegative()) {
            throw InvalidOption.value(
                    WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD,
                    ahead,
                    "it must not be negative");
        }
        return ahead.compareTo(LONGEST_AHEAD) < 0 ? ahead.toMillis() : LONGEST_AHEAD.toMillis();
    }

    private void checkEventTime(ReadableConfig config) {
        if (eventTime == null) {
            for (ConfigOption<?> option : OF_EVENT_TIME) {
                config.getOptional(option)
                        .ifPresent(
                                value -> {
                                    throw InvalidOption.value(
                                            option, value, "'message.event-time' must be set, too");
                                });
            }
            return;
        }
        int fork = eventTime.commonLength(recordOrRoot());
        if (fork < Math.min(eventTime.length(), recordOrRoot().length())
                && recordOrRoot().segments().get(fork).equals(RecordPath.EACH)) {
            throw InvalidOption.value(
                    WebSocketOptions.MESSAGE_EVENT_TIME,
                    eventTime,
                    "where 'message.record' has *, it must have * too");
        }
        if (eventTime.from(fork).segments().contains(RecordPath.EACH)) {
            throw InvalidOption.value(
                    WebSocketOptions.MESSAGE_EVENT_TIME,
                    eventTime,
                    "it may contain * only where 'message.record' has the same beginning");
        }
    }

    public MessageCompression compression() {
        return compression;
    }

    public MessageFraming framing() {
        return framing;
    }

    /** What is between two frames; null if framing does not ask for it. */
    @Nullable
    public String separator() {
        return separator;
    }

    /** Where the records are, or null if a frame is taken as it is. */
    @Nullable
    public RecordPath record() {
        return record;
    }

    /** Where the records are: the root if a frame is taken as it is. */
    public RecordPath recordOrRoot() {
        return record == null ? RecordPath.ROOT : record;
    }

    public MessageUnwrapping unwrapping() {
        return unwrapping;
    }

    /** Where the event time is, from the root of the frame; null for the receive time. */
    @Nullable
    public RecordPath eventTime() {
        return eventTime;
    }

    public EventTimeFormat eventTimeFormat() {
        return eventTimeFormat;
    }

    public EventTimeMissing eventTimeMissing() {
        return eventTimeMissing;
    }

    /** How much later than its receive time an event time may be, in milliseconds. */
    public long eventTimeMaxAhead() {
        return eventTimeMaxAhead;
    }

    /** How many bytes a message may have when it has been decompressed. */
    public int maxSize() {
        return maxSize;
    }

    /** Whether what is decoded is one JSON value, because a step has read all of it. */
    public boolean isOneJsonValue() {
        return unwrapping == MessageUnwrapping.NONE
                ? record != null || eventTime != null || framing == MessageFraming.JSON
                : isEventTimeUnwrapped();
    }

    /** Whether the event time is in what is unwrapped. */
    public boolean isEventTimeUnwrapped() {
        return eventTime != null
                && unwrapping != MessageUnwrapping.NONE
                && eventTime.commonLength(recordOrRoot()) == recordOrRoot().length();
    }

    /** Whether messages are decoded as they are. */
    public boolean isEmpty() {
        return compression == MessageCompression.NONE
                && framing == MessageFraming.MESSAGE
                && record == null
                && unwrapping == MessageUnwrapping.NONE
                && eventTime == null;
    }
}

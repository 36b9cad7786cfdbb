package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.EventTimeMissing;
import io.github.flinkwebsocket.feed.MessageSettings;
import io.github.flinkwebsocket.message.MessagePart;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * Gives records their event times, and those that have none what stands for it. Knows the last time
 * of the split whose message is being read. Task thread.
 */
@Internal
final class EventTimes {

    private final EventTimeMissing missing;
    private final long maxAhead;
    private long last = WebSocketMessage.NO_EVENT_TIME;

    private EventTimes(MessageSettings settings) {
        this.missing = settings.eventTimeMissing();
        this.maxAhead = settings.eventTimeMaxAhead();
    }

    /** Null if the feed has no event times. */
    @Nullable
    static EventTimes of(MessageSettings settings) {
        return settings.eventTime() == null ? null : new EventTimes(settings);
    }

    /** Turns to a split on which the last record had this time. */
    void reset(long lastOfSplit) {
        last = lastOfSplit;
    }

    /** The time of the last record that had one. */
    long last() {
        return last;
    }

    /** The record with its time. */
    WebSocketMessage with(WebSocketMessage record, long time) throws EventTimeException {
        if (time > record.getReceiveTime() + maxAhead) {
            throw EventTimeException.ahead(time, record.getReceiveTime(), maxAhead);
        }
        last = time;
        return MessagePart.withTimestamp(record, time);
    }

    /** The record, which has none, with what takes its place. */
    WebSocketMessage without(WebSocketMessage record) throws EventTimeException {
        if (missing == EventTimeMissing.ERROR) {
            throw EventTimeException.missing();
        }
        return ofFailed(record);
    }

    /** The same for what can't be read: it must not move a watermark either. */
    WebSocketMessage ofFailed(WebSocketMessage part) {
        return missing == EventTimeMissing.RECEIVE_TIME
                ? part
                : MessagePart.withTimestamp(part, last);
    }
}

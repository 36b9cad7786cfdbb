package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import java.util.List;

/** How the event times of records lie, those left out that have none. Any thread. */
@Internal
final class EventTimes {

    private final int records;
    private int missing;
    private long latest = Long.MIN_VALUE;
    private long disorder;

    /**
     * @param records in order, read with 'message.event-time'
     */
    EventTimes(List<WebSocketMessage> records) {
        this.records = records.size();
        records.forEach(this::add);
    }

    private void add(WebSocketMessage record) {
        if (record.getTimestamp() == record.getReceiveTime()) {
            missing++;
            return;
        }
        latest = Math.max(latest, record.getTimestamp());
        disorder = Math.max(disorder, latest - record.getTimestamp());
    }

    int records() {
        return records;
    }

    /** How many records have no event time. */
    int missing() {
        return missing;
    }

    /** How far behind the latest time another one came, in milliseconds. */
    long disorder() {
        return disorder;
    }
}

package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

/** How the event times of records lie, those left out that have none. Used by one thread. */
@Internal
final class SeenTimes {

    private int records;
    private int missing;
    private long latest = Long.MIN_VALUE;
    private long disorder;

    /** Adds the next record. */
    void add(long time) {
        records++;
        latest = Math.max(latest, time);
        disorder = Math.max(disorder, latest - time);
    }

    /** Adds the next record, which has none. */
    void addMissing() {
        records++;
        missing++;
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

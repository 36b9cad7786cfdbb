package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.Count;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** How the event times of records lie, those left out that have none. Used by one thread. */
@Internal
final class SeenTimes {

    static final int MIN_WATERMARK_SECONDS = 5;
    private static final int MAX_WATERMARK_SECONDS = 60;

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

    /** How far a watermark should stay behind: twice what was seen, within limits. */
    int watermarkSeconds() {
        long seconds = (2 * disorder + 999) / 1000;
        return (int) Math.min(MAX_WATERMARK_SECONDS, Math.max(MIN_WATERMARK_SECONDS, seconds));
    }

    /** How far behind the latest time another one came, in milliseconds. */
    long disorder() {
        return disorder;
    }

    /** How many records have no event time, in words; null if all have one. */
    @Nullable
    String missing() {
        return missing == 0
                ? null
                : Count.of(missing, "record") + " of " + records + " had no event time";
    }
}

package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.message.Arrival;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * How far the task has come with the messages of a split: all that crosses from the task thread,
 * which writes, to the control thread and reporters, which read.
 */
@Internal
public final class SplitProgress {

    @Nullable private volatile String position;
    @Nullable private volatile Arrival lastEmitted;
    @Nullable private volatile Arrival lastRecord;

    // Task thread only, so that it writes once a socket read, not once a message.
    @Nullable private Arrival emitted;
    @Nullable private Arrival record;

    /**
     * @param position where a checkpoint says to continue, or null
     */
    public SplitProgress(@Nullable String position) {
        this.position = position;
    }

    /**
     * A message has been emitted. Task thread.
     *
     * @param madeRecord whether a record came of it
     * @param newPosition null to leave the last one
     */
    public void emitted(Arrival arrival, boolean madeRecord, @Nullable String newPosition) {
        if (newPosition != null) {
            position = newPosition;
        }
        if (emitted != arrival) {
            emitted = arrival;
            lastEmitted = arrival;
        }
        if (madeRecord && record != arrival) {
            record = arrival;
            lastRecord = arrival;
        }
    }

    /** That of the last emitted message, or null. */
    @Nullable
    public String position() {
        return position;
    }

    /** That of the last emitted message, or null before the first. */
    @Nullable
    public Arrival lastEmitted() {
        return lastEmitted;
    }

    /** That of the last message that a record came of, or null before the first. */
    @Nullable
    public Arrival lastRecord() {
        return lastRecord;
    }

    /** Whether a record has come of a message of this connection or a later one. */
    boolean hasRecordOf(long connectionNumber) {
        Arrival last = lastRecord;
        return last != null && last.connectionNumber() >= connectionNumber;
    }
}

package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.Arrays;

/** Where the records of one frame are, and their event times. Used again. Task thread. */
@Internal
final class SelectedRecords {

    /** What is kept for the next frame. */
    private static final int KEPT = 1024;

    private int[] starts = new int[1];
    private int[] ends = new int[1];
    private long[] times = new long[1];
    private boolean[] timed = new boolean[1];
    private int count;

    /** Why the time of a record could not be read. */
    @Nullable private IOException[] timeFailures;

    void clear() {
        count = 0;
        timeFailures = null;
        if (starts.length > KEPT) {
            resize(KEPT);
        }
    }

    private void resize(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        times = Arrays.copyOf(times, capacity);
        timed = Arrays.copyOf(timed, capacity);
    }

    void add(int start, int end) {
        if (count == starts.length) {
            resize(2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        timed[count] = false;
        count++;
    }

    /** Gives all records from this one on an event time, or the reason why it can't be read. */
    void setTime(int first, long time, @Nullable IOException failure) {
        for (int i = first; i < count; i++) {
            times[i] = time;
            timed[i] = true;
        }
        if (failure != null && first < count) {
            if (timeFailures == null || timeFailures.length < count) {
                timeFailures =
                        timeFailures == null
                                ? new IOException[starts.length]
                                : Arrays.copyOf(timeFailures, starts.length);
            }
            Arrays.fill(timeFailures, first, count, failure);
        }
    }

    int count() {
        return count;
    }

    /** The bytes of a record; the frame itself if it is all of it. */
    byte[] bytes(int index, byte[] frame) {
        return starts[index] == 0 && ends[index] == frame.length
                ? frame
                : Arrays.copyOfRange(frame, starts[index], ends[index]);
    }

    boolean hasTime(int index) {
        return timed[index];
    }

    /**
     * @throws IOException if it can't be read
     */
    long time(int index) throws IOException {
        if (timeFailures != null && index < timeFailures.length && timeFailures[index] != null) {
            throw timeFailures[index];
        }
        return times[index];
    }
}

package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/** Where the records of one frame are, and their event times. Used again. Task thread. */
@Internal
final class SelectedRecords {

    /** What is kept for the next frame. */
    private static final int KEPT = 1024;

    private int[] starts = new int[1];
    private int[] ends = new int[1];
    private long[] timePlaces = new long[1];
    private int count;

    void clear() {
        count = 0;
        if (starts.length > KEPT) {
            resize(KEPT);
        }
    }

    private void resize(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        timePlaces = Arrays.copyOf(timePlaces, capacity);
    }

    void add(int start, int end) {
        if (count == starts.length) {
            resize(2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        timePlaces[count] = 0;
        count++;
    }

    /** Forgets all records from this one on. */
    void truncate(int first) {
        count = first;
    }

    /** Says for all records from this one on where their event time is. */
    void setTimePlace(int first, long place) {
        Arrays.fill(timePlaces, first, count, place);
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

    /** What was set, or 0. */
    long timePlace(int index) {
        return timePlaces[index];
    }
}

package io.github.flinkwebsocket.testing;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps what a reader emits. For the test's thread, which plays the task thread.
 *
 * @param <T> the type of the records
 */
public final class RecordingOutput<T> implements ReaderOutput<T> {

    private final List<T> records = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();
    private final Set<String> released = new HashSet<>();
    private final List<String> idle = new ArrayList<>();
    private RuntimeException failure;

    public List<T> records() {
        return records;
    }

    public List<Long> timestamps() {
        return timestamps;
    }

    /**
     * What has been marked idle, in order: the id of a split for its output, "reader" for the main
     * one.
     */
    public List<String> idle() {
        return idle;
    }

    /** The splits whose outputs have been released. */
    public Set<String> released() {
        return released;
    }

    /** From now on, as an operator behind the source that throws. */
    public void failWith(RuntimeException exception) {
        failure = exception;
    }

    @Override
    public void collect(T record) {
        throw new AssertionError("Every record must have a timestamp.");
    }

    @Override
    public void collect(T record, long timestamp) {
        if (failure != null) {
            throw failure;
        }
        records.add(record);
        timestamps.add(timestamp);
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        if (released.contains(splitId)) {
            throw new AssertionError("The output of " + splitId + " has been released.");
        }
        return new OfSplit(splitId);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        released.add(splitId);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new AssertionError("The source emits no watermarks.");
    }

    @Override
    public void markIdle() {
        idle.add("reader");
    }

    @Override
    public void markActive() {
        idle.remove("reader");
    }

    private final class OfSplit implements SourceOutput<T> {

        private final String splitId;

        OfSplit(String splitId) {
            this.splitId = splitId;
        }

        @Override
        public void collect(T record) {
            RecordingOutput.this.collect(record);
        }

        @Override
        public void collect(T record, long timestamp) {
            RecordingOutput.this.collect(record, timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            RecordingOutput.this.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            idle.add(splitId);
        }

        @Override
        public void markActive() {
            throw new AssertionError("The source marks no split active.");
        }
    }
}

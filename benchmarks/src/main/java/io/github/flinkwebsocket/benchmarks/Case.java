package io.github.flinkwebsocket.benchmarks;

import javax.annotation.Nullable;

import java.util.Objects;

/** What is measured in one JVM. Immutable, a value. */
final class Case {

    /** One message a packet, so many a second; what an everyday feed does. */
    static final int PACED_RATE = 20_000;

    /** 100 connections without messages. */
    static final Case IDLE = new Case(null, 100, 0);

    /** What Flink uses by itself, with one idle connection. */
    static final Case ONE_IDLE = new Case(null, 1, 0);

    /** Null for idle connections, of which there are as many as the size says. */
    @Nullable final Row row;

    final int size;

    /** Messages a second; 0 for as many as possible. */
    final int rate;

    private Case(@Nullable Row row, int size, int rate) {
        this.row = row;
        this.size = size;
        this.rate = rate;
    }

    static Case saturated(Row row, int size) {
        return new Case(row, size, 0);
    }

    static Case paced(Row row) {
        return new Case(row, 200, PACED_RATE);
    }

    boolean flink() {
        return row == null || row.flink;
    }

    /** Sender and receiver on one core each; a saturated Flink job may use both. */
    boolean pinned() {
        return row != null && (!row.flink || rate > 0);
    }

    long warmUpMillis(boolean quick) {
        long millis = row == null ? 10_000 : flink() ? 3_500 : 2_000;
        return quick ? millis / 2 : millis;
    }

    long measureMillis(boolean quick) {
        long millis = row == null ? 20_000 : rate > 0 ? 3_000 : 2_000;
        return quick ? millis / 2 : millis;
    }

    String sizeText() {
        return size < 1024 ? size + " B" : size / 1024 + " KiB";
    }

    @Override
    public String toString() {
        return row == null
                ? "idle connections: " + size
                : sizeText() + (rate > 0 ? ", " + rate + "/s" : "") + ", " + row.title;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Case)) {
            return false;
        }
        Case that = (Case) other;
        return row == that.row && size == that.size && rate == that.rate;
    }

    @Override
    public int hashCode() {
        return Objects.hash(row, size, rate);
    }
}

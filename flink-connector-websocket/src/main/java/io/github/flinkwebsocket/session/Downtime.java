package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

import java.util.function.LongSupplier;

/**
 * Adds up how long a split is without a connection, from the start on. The control thread begins
 * and ends outages; any thread reads the total.
 */
@Internal
final class Downtime {

    private final LongSupplier clock;

    /** One object, so that a reader never sees half of a change. */
    private volatile Sum sum;

    /**
     * @param clock milliseconds that only go forward; any thread
     */
    Downtime(LongSupplier clock) {
        this.clock = clock;
        this.sum = new Sum(0, clock.getAsLong(), true);
    }

    /** The outage that lasts from the start on began so many milliseconds before. */
    void beganBefore(long millis) {
        sum = new Sum(sum.before, sum.since - millis, true);
    }

    /**
     * Begins an outage, unless one lasts.
     *
     * @param ago how many milliseconds ago it began; the end of the last one at the earliest
     */
    void begin(long ago) {
        Sum now = sum;
        if (!now.lasts) {
            sum = new Sum(now.before, Math.max(now.since, clock.getAsLong() - ago), true);
        }
    }

    /** Ends the outage, if one lasts. */
    void end() {
        sum = new Sum(total(), clock.getAsLong(), false);
    }

    /** In milliseconds, the present outage included. */
    long total() {
        Sum now = sum;
        return now.lasts ? now.before + clock.getAsLong() - now.since : now.before;
    }

    private static final class Sum {
        final long before;

        /** When the outage began, or the last one ended. */
        final long since;

        final boolean lasts;

        Sum(long before, long since, boolean lasts) {
            this.before = before;
            this.since = since;
            this.lasts = lasts;
        }
    }
}

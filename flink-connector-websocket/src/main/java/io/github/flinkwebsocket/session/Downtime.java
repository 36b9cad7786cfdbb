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

    /** Begins an outage, unless one lasts. */
    void begin() {
        if (!sum.lasts) {
            sum = new Sum(sum.before, clock.getAsLong(), true);
        }
    }

    /** Ends the outage, if one lasts. */
    void end() {
        sum = new Sum(total(), 0, false);
    }

    /** In milliseconds, the present outage included. */
    long total() {
        Sum now = sum;
        return now.lasts ? now.before + clock.getAsLong() - now.since : now.before;
    }

    private static final class Sum {
        final long before;
        final long since;
        final boolean lasts;

        Sum(long before, long since, boolean lasts) {
            this.before = before;
            this.since = since;
            this.lasts = lasts;
        }
    }
}

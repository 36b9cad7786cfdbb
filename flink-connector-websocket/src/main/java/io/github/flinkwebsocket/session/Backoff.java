package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.ReconnectSettings;

import org.apache.flink.annotation.Internal;

import java.util.function.LongUnaryOperator;

/**
 * How long to wait after a connection, by what it was worth: none after a good one, short waits
 * after those that brought records, doubling ones with full jitter after all others. Control
 * thread.
 */
@Internal
final class Backoff {

    private final ReconnectSettings settings;
    private final LongUnaryOperator random;

    /** Attempts without a record, and connections that ended early with some, since a good one. */
    private int failures;

    private int flaps;

    private int failuresInARow;

    /**
     * @param random gives a number from 0 to its argument
     */
    Backoff(ReconnectSettings settings, LongUnaryOperator random) {
        this.settings = settings;
        this.random = random;
    }

    /** After a connection that was open for long enough; this and the others give milliseconds. */
    long good() {
        failures = 0;
        flaps = 0;
        failuresInARow = 0;
        return 0;
    }

    /**
     * After a connection that brought records, but not for long enough.
     *
     * @param life for how long it was open
     */
    long broughtRecords(long life) {
        failuresInARow = 0;
        flaps++;
        long wait = random.applyAsLong(settings.initialBackoff());
        return flaps == 1 ? wait : Math.max(wait, settings.stableAfter() - life);
    }

    /** After an attempt that brought no record. */
    long failed() {
        int doublings = Math.min(failures, 40);
        failures++;
        failuresInARow++;
        long limit = settings.maxBackoff();
        if (settings.initialBackoff() <= limit >> doublings) {
            limit = settings.initialBackoff() << doublings;
        }
        return random.applyAsLong(limit);
    }

    /** How many attempts in a row have brought no record. */
    int failuresInARow() {
        return failuresInARow;
    }

    /** Whether no further attempt is allowed. */
    boolean isExhausted() {
        return failuresInARow >= settings.maxAttempts();
    }
}

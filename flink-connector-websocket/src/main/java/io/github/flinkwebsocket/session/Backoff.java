package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.ReconnectSettings;

import org.apache.flink.annotation.Internal;

import java.util.function.LongUnaryOperator;

/**
 * Exponential backoff with full jitter: counts the attempts in a row that brought no message.
 * Control thread.
 */
@Internal
final class Backoff {

    private final ReconnectSettings settings;
    private final LongUnaryOperator random;
    private int failures;

    /**
     * @param random gives a number from 0 to its argument
     */
    Backoff(ReconnectSettings settings, LongUnaryOperator random) {
        this.settings = settings;
        this.random = random;
    }

    /** A connection has ended that received messages. */
    void reset() {
        failures = 0;
    }

    /** A connection has ended, or never came to be, without a message. */
    void failed() {
        failures++;
    }

    int failures() {
        return failures;
    }

    /** Whether no further attempt is allowed. */
    boolean isExhausted() {
        return failures >= settings.maxAttempts();
    }

    /** How many milliseconds to wait before the next attempt. */
    long next() {
        int doublings = Math.min(Math.max(0, failures - 1), 40);
        long limit = settings.maxBackoff();
        if (settings.initialBackoff() <= limit >> doublings) {
            limit = settings.initialBackoff() << doublings;
        }
        return random.applyAsLong(limit);
    }
}

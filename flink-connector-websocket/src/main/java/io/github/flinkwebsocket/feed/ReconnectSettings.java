package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;

/** When to connect again; times in milliseconds. Immutable; any thread. */
@Internal
public final class ReconnectSettings implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long stableAfter;
    private final long initialBackoff;
    private final long maxBackoff;
    private final long restartDelay;
    private final int maxAttempts;

    ReconnectSettings(ReadableConfig config) {
        stableAfter = CheckedOption.millis(config, WebSocketOptions.RECONNECT_STABLE_AFTER, 1);
        restartDelay = CheckedOption.millis(config, WebSocketOptions.RECONNECT_RESTART_DELAY, 0);
        initialBackoff =
                CheckedOption.millis(config, WebSocketOptions.RECONNECT_INITIAL_BACKOFF, 1);
        maxBackoff = CheckedOption.millis(config, WebSocketOptions.RECONNECT_MAX_BACKOFF, 1);
        if (maxBackoff < initialBackoff) {
            throw InvalidOption.value(
                    WebSocketOptions.RECONNECT_MAX_BACKOFF,
                    maxBackoff + " ms",
                    "it must not be shorter than 'reconnect.initial-backoff', which is "
                            + initialBackoff
                            + " ms");
        }
        maxAttempts = CheckedOption.count(config, WebSocketOptions.RECONNECT_MAX_ATTEMPTS);
    }

    /** For how long a connection must be open to be good. */
    public long stableAfter() {
        return stableAfter;
    }

    public long initialBackoff() {
        return initialBackoff;
    }

    public long maxBackoff() {
        return maxBackoff;
    }

    /** The longest wait after close code 1012. */
    public long restartDelay() {
        return restartDelay;
    }

    /** {@link Integer#MAX_VALUE} for ever. */
    public int maxAttempts() {
        return maxAttempts;
    }
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Set;

/** What ends a split, if anything does; times in milliseconds. Immutable; any thread. */
@Internal
public final class Bounds implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long messages;
    private final long duration;
    private final long idleTime;
    private final Set<Integer> closeCodes;

    Bounds(ReadableConfig config) {
        messages =
                config.getOptional(WebSocketOptions.BOUNDED_MESSAGES)
                        .map(Bounds::checkMessages)
                        .orElse(Long.MAX_VALUE);
        duration =
                CheckedOption.millisOr(Long.MAX_VALUE, config, WebSocketOptions.BOUNDED_DURATION);
        idleTime =
                CheckedOption.millisOr(Long.MAX_VALUE, config, WebSocketOptions.BOUNDED_IDLE_TIME);
        closeCodes = CheckedOption.codes(config, WebSocketOptions.BOUNDED_CLOSE_CODES, 1000, 4999);
    }

    private static long checkMessages(long messages) {
        if (messages < 1) {
            throw InvalidOption.value(
                    WebSocketOptions.BOUNDED_MESSAGES, messages, "it must be at least 1");
        }
        return messages;
    }

    /** Whether anything ends a split. */
    public boolean isBounded() {
        return hasMessages() || hasDuration() || hasIdleTime() || !closeCodes.isEmpty();
    }

    public boolean hasMessages() {
        return messages != Long.MAX_VALUE;
    }

    public boolean hasDuration() {
        return duration != Long.MAX_VALUE;
    }

    public boolean hasIdleTime() {
        return idleTime != Long.MAX_VALUE;
    }

    /** {@link Long#MAX_VALUE} for no limit. */
    public long messages() {
        return messages;
    }

    /** {@link Long#MAX_VALUE} for no limit. */
    public long duration() {
        return duration;
    }

    /** {@link Long#MAX_VALUE} for no limit. */
    public long idleTime() {
        return idleTime;
    }

    /** The close codes of the server that mean the end. */
    public Set<Integer> closeCodes() {
        return closeCodes;
    }
}

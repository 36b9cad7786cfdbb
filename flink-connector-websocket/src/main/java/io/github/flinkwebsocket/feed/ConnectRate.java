package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;

/** How often a host may be connected to, by the whole job. Immutable; any thread. */
@Internal
public final class ConnectRate implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int max;
    private final long interval;

    ConnectRate(ReadableConfig config) {
        max = CheckedOption.count(config, WebSocketOptions.CONNECT_RATE_MAX);
        interval = CheckedOption.millis(config, WebSocketOptions.CONNECT_RATE_INTERVAL, 1);
    }

    /** How many connects one of so many subtasks may begin within the interval. */
    public int share(int subtasks) {
        return max == Integer.MAX_VALUE ? max : Math.max(1, max / subtasks);
    }

    /** In milliseconds. */
    public long interval() {
        return interval;
    }
}

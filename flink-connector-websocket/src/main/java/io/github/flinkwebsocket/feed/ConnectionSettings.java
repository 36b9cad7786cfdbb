package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;

/** What a single connection has to know; times in milliseconds. Immutable; any thread. */
@Internal
public final class ConnectionSettings implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 1024;

    private final long connectTimeout;
    private final long closeTimeout;
    private final long pingInterval;
    private final long readTimeout;
    private final int maxMessageSize;
    private final boolean deflate;

    ConnectionSettings(ReadableConfig config) {
        connectTimeout = InvalidOption.millis(config, WebSocketOptions.CONNECT_TIMEOUT, 1);
        closeTimeout = InvalidOption.millis(config, WebSocketOptions.CLOSE_TIMEOUT, 1);
        pingInterval = InvalidOption.millis(config, WebSocketOptions.PING_INTERVAL, 0);
        readTimeout = InvalidOption.millis(config, WebSocketOptions.READ_TIMEOUT, 0);
        deflate = config.get(WebSocketOptions.PERMESSAGE_DEFLATE);
        MemorySize size = config.get(WebSocketOptions.MAX_MESSAGE_SIZE);
        if (size.getBytes() < 1 || size.getBytes() > MAX_ARRAY) {
            throw InvalidOption.value(
                    WebSocketOptions.MAX_MESSAGE_SIZE,
                    size,
                    "it must be between 1 and " + MAX_ARRAY + " bytes");
        }
        maxMessageSize = (int) size.getBytes();
        if (readTimeout > 0 && pingInterval >= readTimeout) {
            throw InvalidOption.value(
                    WebSocketOptions.PING_INTERVAL,
                    pingInterval + " ms",
                    "it must be shorter than 'read-timeout', which is " + readTimeout + " ms");
        }
    }

    public long connectTimeout() {
        return connectTimeout;
    }

    public long closeTimeout() {
        return closeTimeout;
    }

    /** 0 for no pings. */
    public long pingInterval() {
        return pingInterval;
    }

    /** 0 for never. */
    public long readTimeout() {
        return readTimeout;
    }

    /** In bytes. */
    public int maxMessageSize() {
        return maxMessageSize;
    }

    /** Whether permessage-deflate (RFC 7692) is offered. */
    public boolean deflate() {
        return deflate;
    }
}

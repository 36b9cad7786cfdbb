package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;

/** The limits of a reader's mailbox. Immutable; any thread. */
@Internal
public final class MailboxSettings implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long maxBytes;
    private final int maxMessages;
    private final OverflowPolicy overflow;

    MailboxSettings(ReadableConfig config) {
        MemorySize size = config.get(WebSocketOptions.MAILBOX_MAX_BYTES);
        maxBytes = size.getBytes();
        if (maxBytes < 1) {
            throw InvalidOption.value(
                    WebSocketOptions.MAILBOX_MAX_BYTES, size, "it must be at least 1 byte");
        }
        maxMessages = CheckedOption.count(config, WebSocketOptions.MAILBOX_MAX_MESSAGES);
        overflow = config.get(WebSocketOptions.MAILBOX_OVERFLOW);
    }

    public long maxBytes() {
        return maxBytes;
    }

    public int maxMessages() {
        return maxMessages;
    }

    public OverflowPolicy overflow() {
        return overflow;
    }
}

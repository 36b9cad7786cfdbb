package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.Count;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkException;

/** The mailbox was full, and {@code mailbox.overflow} is {@code fail}. */
@Internal
final class MailboxOverflowException extends FlinkException {

    private static final long serialVersionUID = 1L;

    MailboxOverflowException(String splitId, int messages, long bytes) {
        super(
                String.format(
                        "Split '%s': %s (%s) in the mailbox, and there is no room"
                                + " for more; 'mailbox.overflow' is 'fail'. The job is too slow for the"
                                + " feed, or 'mailbox.max-bytes' and 'mailbox.max-messages' are too"
                                + " small for its bursts. If the feed has a position, the server"
                                + " sends the same again after each restart; with"
                                + " 'mailbox.overflow' = 'block' the source waits instead of"
                                + " failing.",
                        splitId, Count.of(messages, "message"), Count.of(bytes, "byte")));
    }
}

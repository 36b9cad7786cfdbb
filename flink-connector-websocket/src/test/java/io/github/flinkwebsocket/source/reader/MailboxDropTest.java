package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.OverflowPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Messages;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What dropping whole batches leaves in the mailbox. */
class MailboxDropTest {

    @Test
    void aBatchThatIsDroppedWholeIsNotTakenForTheEndOfItsSplit() throws Exception {
        Configuration config = new Configuration();
        config.set(WebSocketOptions.URL, List.of("ws://127.0.0.1/"));
        config.set(WebSocketOptions.MAILBOX_OVERFLOW, OverflowPolicy.DROP_NEWEST);
        config.set(WebSocketOptions.MAILBOX_MAX_MESSAGES, 1);
        Mailbox mailbox = new Mailbox(Feed.of(config).mailbox());
        SplitQueue queue = mailbox.add("split");

        queue.put(batchOfOne());
        queue.put(batchOfOne());

        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(mailbox.poll()).isSameAs(queue);
        assertThat(queue.taken.pollFirst()).isNotNull();
        assertThat(mailbox.poll()).isNull();
    }

    private static MessageBatch batchOfOne() {
        MessageBatch batch = new MessageBatch(1);
        batch.add(new WebSocketMessage(new byte[1], true, new Arrival(Messages.CONNECTION, 0), 1));
        return batch;
    }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a mailbox that is full leaves, counts and shows. */
class MailboxDropTest {

    @Test
    void aBatchThatIsDroppedWholeIsNotTakenForTheEndOfItsSplit() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.DROP_NEWEST, 1);
        SplitQueue queue = mailbox.add("split");

        queue.put(batch(1));
        queue.put(batch(1));

        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(mailbox.poll()).isSameAs(queue);
        assertThat(queue.taken.pollFirst()).isNotNull();
        assertThat(mailbox.poll()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_NEWEST", "DROP_OLDEST"})
    void readsInARowThatDropAreOneOverflow(OverflowPolicy policy) throws Exception {
        Mailbox mailbox = mailbox(policy, 2);
        SplitQueue queue = mailbox.add("split");

        queue.put(batch(2));
        assertThat(queue.overflows()).isZero();
        queue.put(batch(1));
        queue.put(batch(1));
        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(queue.overflows()).isEqualTo(1);

        while (mailbox.poll() != null) {
            // Makes room.
        }
        queue.put(batch(1));
        queue.put(batch(2));
        assertThat(queue.overflows()).isEqualTo(2);
    }

    @Test
    void usageIsThatOfTheSplitWhoseShareIsFullest() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 20);
        assertThat(mailbox.usage()).isZero();
        SplitQueue first = mailbox.add("first");
        SplitQueue second = mailbox.add("second");

        first.put(batch(5));
        assertThat(mailbox.usage()).isEqualTo(0.5);
        second.put(batch(9));
        assertThat(mailbox.usage()).isEqualTo(0.9);
        mailbox.remove(second);
        assertThat(mailbox.usage()).isEqualTo(0.25);
    }

    @Test
    void usageIsFullWhenOneReadBringsMoreThanTheMailboxHolds() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 2);
        mailbox.add("split").put(batch(5));
        assertThat(mailbox.usage()).isEqualTo(1);
    }

    private static Mailbox mailbox(OverflowPolicy policy, int messages) {
        Configuration config = new Configuration();
        config.set(WebSocketOptions.URL, List.of("ws://127.0.0.1/"));
        config.set(WebSocketOptions.MAILBOX_OVERFLOW, policy);
        config.set(WebSocketOptions.MAILBOX_MAX_MESSAGES, messages);
        return new Mailbox(Feed.of(config).mailbox());
    }

    private static MessageBatch batch(int messages) {
        MessageBatch batch = new MessageBatch(messages);
        for (int i = 1; i <= messages; i++) {
            batch.add(
                    new WebSocketMessage(
                            new byte[1], true, new Arrival(Messages.CONNECTION, 0), i));
        }
        return batch;
    }
}

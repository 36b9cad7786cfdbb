package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.OverflowPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Await;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static io.github.flinkwebsocket.testing.Messages.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MailboxTest {

    // ------------------------------------------------------------------ hand-over

    @Test
    void givesBatchesInOrderAndSplitsInTurn() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue a = mailbox.add("a");
        SplitQueue b = mailbox.add("b");
        a.put(batch("a1", "a2"));
        a.put(batch("a3"));
        b.put(batch("b1"));
        b.put(batch("b2"));

        assertThat(drain(mailbox)).containsExactly("a1", "a2", "b1", "a3", "b2");
        assertThat(mailbox.poll()).isNull();
    }

    @Test
    void wakesTheTaskThreadOnceForABatch() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue queue = mailbox.add("a");
        CompletableFuture<Void> asleep = mailbox.isAvailable();
        assertThat(asleep).isNotDone();
        assertThat(mailbox.isAvailable()).isSameAs(asleep);

        queue.put(batch("1"));

        assertThat(asleep).isDone();
        assertThat(mailbox.isAvailable()).isDone();
        drain(mailbox);
        assertThat(mailbox.isAvailable()).isNotDone();
    }

    @Test
    void countsWhatWaits() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("12345", "67"));
        queue.put(batch("8"));
        assertThat(mailbox.pendingMessages()).isEqualTo(3);
        assertThat(mailbox.pendingBytes()).isEqualTo(8);

        mailbox.poll().taken.pollFirst();

        assertThat(mailbox.pendingMessages()).isEqualTo(2);
        assertThat(mailbox.pendingBytes()).isEqualTo(3);
        drain(mailbox);
        assertThat(mailbox.pendingMessages()).isZero();
    }

    @Test
    void wakeUpIsNotLostWhileTheTaskThreadIsBusy() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        mailbox.wakeUp();
        assertThat(mailbox.isAvailable()).isDone();
        assertThat(mailbox.poll()).isNull();
        CompletableFuture<Void> asleep = mailbox.isAvailable();
        assertThat(asleep).isNotDone();
        mailbox.wakeUp();
        assertThat(asleep).isDone();
    }

    // ------------------------------------------------------------------ overflow

    @Test
    void blockHoldsTheProducerUntilHalfIsFree() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 4);
        SplitQueue queue = mailbox.add("a");
        for (int i = 0; i < 4; i++) {
            queue.put(batch("m" + i));
        }
        FutureTask<Void> producer = produce(queue, "late");

        // Room for one is not enough to wake it; half is.
        takeAndFinish(mailbox);
        assertThat(producer.isDone()).isFalse();
        takeAndFinish(mailbox);
        producer.get(30, TimeUnit.SECONDS);

        assertThat(drain(mailbox)).containsExactly("m2", "m3", "late");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void batchThatIsLargerThanTheMailboxIsTakenWhenNothingWaits() throws Exception {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            if (policy == OverflowPolicy.DROP_OLDEST) {
                continue;
            }
            Mailbox mailbox = mailbox(policy, 2);
            SplitQueue queue = mailbox.add("a");
            queue.put(batch("1", "2", "3"));
            assertThat(drain(mailbox)).as("%s", policy).containsExactly("1", "2", "3");
        }
    }

    @Test
    void dropOldestKeepsTheNewest() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.DROP_OLDEST, 3);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1", "2"));
        queue.put(batch("3", "4", "5"));

        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(drain(mailbox)).containsExactly("3", "4", "5");
    }

    @Test
    void dropOldestAlwaysKeepsOneHoweverLarge() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.DROP_OLDEST, 100, 1);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1", "2"));
        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(drain(mailbox)).containsExactly("2");
    }

    @Test
    void dropNewestKeepsTheOldest() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.DROP_NEWEST, 3);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1", "2"));
        queue.put(batch("3", "4", "5"));
        queue.put(batch("6"));

        assertThat(queue.dropped()).isEqualTo(3);
        assertThat(drain(mailbox)).containsExactly("1", "2", "3");
    }

    @Test
    void failEndsTheSplitAfterWhatWaits() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.FAIL, 2);
        SplitQueue queue = mailbox.add("feed.example-1");
        queue.put(batch("1", "2"));
        queue.put(batch("3"));
        queue.put(batch("4"));

        assertThat(drain(mailbox)).containsExactly("1", "2");
        assertThat(queue.failure)
                .isInstanceOf(MailboxOverflowException.class)
                .hasMessageContaining("Split 'feed.example-1': 2 messages (2 bytes) wait")
                .hasMessageContaining("'mailbox.overflow' is 'fail'")
                .hasMessageContaining(
                        "If the feed has a position, the server sends the same again after each"
                                + " restart; with 'mailbox.overflow' = 'block' the source waits");
    }

    @Test
    void limitInBytesCountsAnOverheadForEachMessage() throws Exception {
        // Two messages of one byte weigh 130.
        Mailbox mailbox = mailbox(OverflowPolicy.DROP_NEWEST, 1000, 129);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1"));
        queue.put(batch("2"));
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void splitsShareTheLimitEvenly() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.DROP_NEWEST, 4);
        SplitQueue a = mailbox.add("a");
        SplitQueue b = mailbox.add("b");
        a.put(batch("1", "2"));
        a.put(batch("3"));
        assertThat(a.dropped()).isEqualTo(1);
        b.put(batch("4", "5"));
        assertThat(b.dropped()).isZero();

        // What a split leaves is shared among the others.
        mailbox.remove(b);
        a.put(batch("6", "7"));
        assertThat(a.dropped()).isEqualTo(1);
    }

    // ------------------------------------------------------------------ end

    @Test
    void endComesAfterWhatWaits() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1"));
        queue.end(null);
        queue.put(batch("too late"));

        assertThat(mailbox.poll().taken.pollFirst().getText()).isEqualTo("1");
        assertThat(mailbox.poll()).isSameAs(queue);
        assertThat(queue.taken.isEmpty()).isTrue();
        assertThat(mailbox.poll()).isNull();
    }

    @Test
    void onlyTheFirstEndCounts() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue queue = mailbox.add("a");
        queue.end(null);
        queue.end(new IllegalStateException());
        assertThat(mailbox.poll()).isSameAs(queue);
        assertThat(queue.failure).isNull();
    }

    @Test
    void endLetsAWaitingProducerGo() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 1);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1"));
        FutureTask<Void> producer = produce(queue, "2");
        queue.end(null);
        producer.get(30, TimeUnit.SECONDS);
        assertThat(drain(mailbox)).containsExactly("1");
    }

    @Test
    void closeLetsAWaitingProducerGo() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 1);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1"));
        FutureTask<Void> producer = produce(queue, "2");
        mailbox.close();
        producer.get(30, TimeUnit.SECONDS);
        assertThat(mailbox.pendingMessages()).isZero();
    }

    @Test
    void failureIsThrownByTheNextPoll() {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 1);
        CompletableFuture<Void> asleep = mailbox.isAvailable();
        mailbox.fail(new IllegalStateException("bug"));
        assertThat(asleep).isDone();
        assertThatThrownBy(mailbox::poll).hasRootCauseMessage("bug");
    }

    // ------------------------------------------------------------------ pause

    @Test
    void pausedSplitKeepsWhatItHas() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue a = mailbox.add("a");
        SplitQueue b = mailbox.add("b");
        a.put(batch("a1", "a2"));
        mailbox.setPaused(a, true);
        a.put(batch("a3"));
        b.put(batch("b1"));
        assertThat(drain(mailbox)).containsExactly("b1");

        CompletableFuture<Void> asleep = mailbox.isAvailable();
        assertThat(asleep).isNotDone();
        mailbox.setPaused(a, false);
        assertThat(asleep).isDone();
        assertThat(drain(mailbox)).containsExactly("a1", "a2", "a3");
    }

    @Test
    void pausedSplitWithNothingWaitingMayEnd() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue queue = mailbox.add("a");
        mailbox.setPaused(queue, true);
        CompletableFuture<Void> asleep = mailbox.isAvailable();
        queue.end(new IllegalStateException());
        assertThat(asleep).isDone();
        assertThat(mailbox.poll()).isSameAs(queue);
        assertThat(queue.failure).isNotNull();
    }

    @Test
    void splitPausedInTheMiddleOfABatchTakesTheRestBack() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue queue = mailbox.add("a");
        queue.put(batch("1", "2", "3"));
        queue.put(batch("4"));
        mailbox.poll().taken.pollFirst();

        mailbox.setPaused(queue, true);
        mailbox.putBack(queue);
        assertThat(mailbox.poll()).isNull();
        assertThat(mailbox.pendingMessages()).isEqualTo(3);
        mailbox.setPaused(queue, false);

        assertThat(drain(mailbox)).containsExactly("2", "3", "4");
    }

    // ------------------------------------------------------------------ drained

    @Test
    void drainedAtOnceWhenNothingWaits() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        AtomicInteger drained = new AtomicInteger();
        mailbox.add("a").whenDrained(drained::incrementAndGet);
        assertThat(drained).hasValue(1);
    }

    @Test
    void drainedWhenTheLastMessageHasBeenEmittedNotWhenItHasBeenTaken() throws Exception {
        Mailbox mailbox = mailbox(OverflowPolicy.BLOCK, 100);
        SplitQueue queue = mailbox.add("a");
        SplitQueue other = mailbox.add("b");
        AtomicInteger drained = new AtomicInteger();
        queue.put(batch("1"));
        queue.put(batch("2"));
        queue.whenDrained(drained::incrementAndGet);

        mailbox.poll().taken.pollFirst();
        mailbox.poll().taken.pollFirst();
        assertThat(drained).hasValue(0);

        other.put(batch("another split's"));
        mailbox.poll();
        assertThat(drained).hasValue(1);
        drain(mailbox);
        assertThat(drained).hasValue(1);
    }

    // ------------------------------------------------------------------ tools

    private static Mailbox mailbox(OverflowPolicy policy, int maxMessages) {
        return mailbox(policy, maxMessages, 1 << 20);
    }

    private static Mailbox mailbox(OverflowPolicy policy, int maxMessages, long maxBytes) {
        Configuration config = new Configuration();
        config.set(WebSocketOptions.URL, List.of("ws://feed.example/"));
        config.set(WebSocketOptions.MAILBOX_MAX_MESSAGES, maxMessages);
        config.set(WebSocketOptions.MAILBOX_MAX_BYTES, new MemorySize(maxBytes));
        config.set(WebSocketOptions.MAILBOX_OVERFLOW, policy);
        return new Mailbox(Feed.of(config).mailbox());
    }

    private static List<String> drain(Mailbox mailbox) throws Exception {
        List<String> texts = new ArrayList<>();
        for (SplitQueue queue = mailbox.poll(); queue != null; queue = mailbox.poll()) {
            WebSocketMessage message = queue.taken.pollFirst();
            while (message != null) {
                texts.add(message.getText());
                message = queue.taken.pollFirst();
            }
        }
        return texts;
    }

    private static void takeAndFinish(Mailbox mailbox) throws Exception {
        mailbox.poll().taken.pollFirst();
    }

    /** Puts a message from another thread, and returns once that thread waits. */
    private static FutureTask<Void> produce(SplitQueue queue, String text) {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            queue.put(batch(text));
                            return null;
                        });
        Thread thread = new Thread(task, "mailbox-test-producer");
        thread.setDaemon(true);
        thread.start();
        Await.until("the producer waits", () -> thread.getState() == Thread.State.WAITING);
        return task;
    }
}

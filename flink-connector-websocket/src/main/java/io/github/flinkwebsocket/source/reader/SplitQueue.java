package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.session.SplitInbox;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;

/**
 * What waits in the {@link Mailbox} for one split. All fields but {@link #taken} are guarded by the
 * mailbox's lock.
 */
@Internal
final class SplitQueue implements SplitInbox {

    /** What a message costs beside its payload, roughly. */
    private static final int MESSAGE_OVERHEAD = 64;

    private final Mailbox mailbox;
    final String splitId;
    final Condition notFull;
    final ArrayDeque<MessageBatch> batches = new ArrayDeque<>();

    int messages;
    long bytes;
    long dropped;
    long overflows;
    private boolean dropping;
    boolean producerWaits;
    boolean inReady;
    boolean paused;
    boolean ended;
    boolean endTaken;
    @Nullable Exception failure;
    @Nullable Runnable whenDrained;

    /** The batch that the task thread is emitting, which fills and empties it alone. */
    MessageBatch taken = new MessageBatch(0);

    SplitQueue(Mailbox mailbox, String splitId, Condition notFull) {
        this.mailbox = mailbox;
        this.splitId = splitId;
        this.notFull = notFull;
    }

    @Override
    public void put(MessageBatch batch) throws InterruptedException {
        mailbox.put(this, batch);
    }

    @Override
    public void end(@Nullable Exception cause) {
        mailbox.end(this, cause);
    }

    @Override
    public boolean isEmpty() {
        return mailbox.locked(() -> messages == 0 && mailbox.emitting != this);
    }

    @Override
    public void whenDrained(Runnable callback) {
        mailbox.whenDrained(this, callback);
    }

    /** How many messages were dropped for want of room. Any thread. */
    long dropped() {
        return mailbox.locked(() -> dropped);
    }

    /** How often, reads in a row counted as one, a read led to drops. Any thread. */
    long overflows() {
        return mailbox.locked(() -> overflows);
    }

    /** After each batch, with how many messages had been dropped before it. */
    void noteDrops(long droppedBefore) {
        boolean drops = dropped > droppedBefore;
        if (drops && !dropping) {
            overflows++;
        }
        dropping = drops;
    }

    long weight() {
        return weight(bytes, messages);
    }

    static long weight(long bytes, int messages) {
        return bytes + (long) messages * MESSAGE_OVERHEAD;
    }

    /** An end needs no resuming: a paused split that has failed must fail the job now. */
    boolean isReady() {
        return batches.isEmpty() ? ended && !endTaken : !paused;
    }

    /** An empty batch, all of which was dropped, is left out: it would look like the end. */
    void append(MessageBatch batch) {
        if (!batch.isEmpty()) {
            batches.addLast(batch);
            messages += batch.size();
            bytes += batch.bytes();
        }
    }

    void prepend(MessageBatch batch) {
        batches.addFirst(batch);
        messages += batch.size();
        bytes += batch.bytes();
    }

    @Nullable
    MessageBatch pollFirst() {
        MessageBatch batch = batches.pollFirst();
        if (batch != null) {
            messages -= batch.size();
            bytes -= batch.bytes();
        }
        return batch;
    }

    void dropOldest() {
        MessageBatch oldest = batches.getFirst();
        bytes -= oldest.pollFirst().getPayload().length;
        messages--;
        dropped++;
        if (oldest.isEmpty()) {
            batches.removeFirst();
        }
    }

    void clear() {
        batches.clear();
        messages = 0;
        bytes = 0;
    }
}

package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.MailboxSettings;
import io.github.flinkwebsocket.feed.OverflowPolicy;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;

/**
 * How much of the mailbox each split may fill, and what happens to a batch that finds its share
 * full. Immutable; used under the mailbox's lock.
 */
@Internal
final class Share {

    private final OverflowPolicy overflow;
    private final long maxWeight;
    private final int maxMessages;

    /**
     * @param splits how many share the limits evenly; at least one
     */
    Share(MailboxSettings settings, int splits) {
        overflow = settings.overflow();
        maxWeight = Math.max(1, settings.maxBytes() / splits);
        maxMessages = Math.max(1, settings.maxMessages() / splits);
    }

    /** Whether the producer of this batch must wait before {@link #append}. */
    boolean mustWait(SplitQueue queue, MessageBatch batch) {
        return overflow == OverflowPolicy.BLOCK && !hasRoom(queue, batch);
    }

    /** Whether no more than half is full: time to wake a producer, but not at every batch. */
    boolean isHalfFree(SplitQueue queue) {
        return fits(2 * queue.weight(), 2L * queue.messages);
    }

    /**
     * Puts what the policy keeps of a batch into the queue.
     *
     * @throws MailboxOverflowException if it does not fit and the policy is to fail
     */
    void append(SplitQueue queue, MessageBatch batch) throws MailboxOverflowException {
        long droppedBefore = queue.dropped;
        switch (overflow) {
            case DROP_OLDEST:
                queue.append(batch);
                while (queue.messages > 1 && !fits(queue.weight(), queue.messages)) {
                    queue.dropOldest();
                }
                break;
            case DROP_NEWEST:
                while (!batch.isEmpty() && !hasRoom(queue, batch)) {
                    batch.pollLast();
                    queue.dropped++;
                }
                queue.append(batch);
                break;
            case FAIL:
                if (!hasRoom(queue, batch)) {
                    throw new MailboxOverflowException(queue.splitId, queue.messages, queue.bytes);
                }
                queue.append(batch);
                break;
            default:
                queue.append(batch);
        }
        queue.noteDrops(droppedBefore);
    }

    /** An empty queue takes anything, so that a batch larger than the share gets through. */
    private boolean hasRoom(SplitQueue queue, MessageBatch batch) {
        return queue.messages == 0
                || fits(
                        queue.weight() + SplitQueue.weight(batch.bytes(), batch.size()),
                        (long) queue.messages + batch.size());
    }

    /** How much of its share a split has filled, from 0 to 1. */
    double usage(SplitQueue queue) {
        double fullest =
                Math.max(
                        (double) queue.weight() / maxWeight, (double) queue.messages / maxMessages);
        return Math.min(1, fullest);
    }

    private boolean fits(long weight, long messages) {
        return weight <= maxWeight && messages <= maxMessages;
    }
}

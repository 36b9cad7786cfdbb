package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.MailboxSettings;
import io.github.flinkwebsocket.feed.OverflowPolicy;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkException;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded hand-over from the I/O threads of a reader to its task thread: the only thread hop.
 * One lock, taken once a socket read. Each split has an even share of the limits, so that one that
 * is paused or slow never takes the room of the others; the splits take turns.
 */
@Internal
final class Mailbox {

    private static final CompletableFuture<Void> AVAILABLE =
            CompletableFuture.completedFuture(null);

    private final MailboxSettings settings;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Set<SplitQueue> queues = new LinkedHashSet<>();
    private final ArrayDeque<SplitQueue> ready = new ArrayDeque<>();
    private long maxWeight;
    private long maxMessages;
    private boolean closed;
    private boolean wakeUp;
    @Nullable private Throwable failure;
    @Nullable private CompletableFuture<Void> sleeper;

    /** The queue whose batch the task thread has taken and not finished. */
    @Nullable private SplitQueue emitting;

    Mailbox(MailboxSettings settings) {
        this.settings = settings;
        share();
    }

    // ------------------------------------------------------------------ any thread

    /** Opens a queue for a split. */
    SplitQueue add(String splitId) {
        lock.lock();
        try {
            SplitQueue queue = new SplitQueue(this, splitId, lock.newCondition());
            queues.add(queue);
            share();
            return queue;
        } finally {
            lock.unlock();
        }
    }

    /** Closes a queue and forgets what waits in it. */
    void remove(SplitQueue queue) {
        lock.lock();
        try {
            queue.ended = true;
            queue.endTaken = true;
            queue.clear();
            queue.notFull.signalAll();
            ready.remove(queue);
            queues.remove(queue);
            share();
        } finally {
            lock.unlock();
        }
    }

    private void share() {
        int parts = Math.max(1, queues.size());
        maxWeight = Math.max(1, settings.maxBytes() / parts);
        maxMessages = Math.max(1, settings.maxMessages() / parts);
        queues.forEach(queue -> queue.notFull.signalAll());
    }

    /** How many messages wait, those of the batch being emitted included. */
    long pendingMessages() {
        lock.lock();
        try {
            return queues.stream().mapToLong(q -> q.messages + (long) q.taken.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many payload bytes wait, those of the batch being emitted included. */
    long pendingBytes() {
        lock.lock();
        try {
            return queues.stream().mapToLong(q -> q.bytes + q.taken.bytes()).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many messages of a split the overflow policy has dropped. */
    long dropped(SplitQueue queue) {
        lock.lock();
        try {
            return queue.dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next {@link #poll} throw; for a failure that belongs to no split. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
        } finally {
            lock.unlock();
        }
        wakeUp();
    }

    /** Makes the task thread look again, if it sleeps. */
    void wakeUp() {
        CompletableFuture<Void> wake;
        lock.lock();
        try {
            wakeUp = true;
            wake = takeSleeper();
        } finally {
            lock.unlock();
        }
        complete(wake);
    }

    /** Takes no more, and lets go of every producer that waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (SplitQueue queue : queues) {
                queue.clear();
                queue.notFull.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ I/O and control threads

    void put(SplitQueue queue, MessageBatch batch) throws InterruptedException {
        CompletableFuture<Void> wake = null;
        lock.lockInterruptibly();
        try {
            if (settings.overflow() == OverflowPolicy.BLOCK) {
                awaitRoom(queue, batch);
            }
            if (!closed && !queue.ended) {
                append(queue, batch);
                markReady(queue);
                wake = takeSleeper();
            }
        } finally {
            lock.unlock();
        }
        complete(wake);
    }

    private void awaitRoom(SplitQueue queue, MessageBatch batch) throws InterruptedException {
        while (!closed && !queue.ended && !hasRoom(queue, batch)) {
            queue.producerWaits = true;
            queue.notFull.await();
        }
        queue.producerWaits = false;
    }

    private void append(SplitQueue queue, MessageBatch batch) {
        switch (settings.overflow()) {
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
                    endLocked(
                            queue,
                            new MailboxOverflowException(
                                    queue.splitId, queue.messages, queue.bytes));
                    break;
                }
                queue.append(batch);
                break;
            default:
                queue.append(batch);
        }
    }

    private boolean hasRoom(SplitQueue queue, MessageBatch batch) {
        return queue.messages == 0
                || fits(
                        queue.weight() + SplitQueue.weight(batch.bytes(), batch.size()),
                        queue.messages + batch.size());
    }

    private boolean fits(long weight, int messages) {
        return weight <= maxWeight && messages <= maxMessages;
    }

    void end(SplitQueue queue, @Nullable Exception cause) {
        CompletableFuture<Void> wake;
        lock.lock();
        try {
            endLocked(queue, cause);
            markReady(queue);
            wake = takeSleeper();
        } finally {
            lock.unlock();
        }
        complete(wake);
    }

    private static void endLocked(SplitQueue queue, @Nullable Exception cause) {
        if (!queue.ended) {
            queue.ended = true;
            queue.failure = cause;
            queue.notFull.signalAll();
        }
    }

    void whenDrained(SplitQueue queue, Runnable callback) {
        lock.lock();
        try {
            if (queue.messages > 0 || queue == emitting) {
                queue.whenDrained = callback;
                return;
            }
        } finally {
            lock.unlock();
        }
        callback.run();
    }

    private void markReady(SplitQueue queue) {
        if (!queue.inReady && queue.isReady()) {
            queue.inReady = true;
            ready.addLast(queue);
        }
    }

    /** The future to complete, outside the lock, if the task thread sleeps and has no reason to. */
    @Nullable
    private CompletableFuture<Void> takeSleeper() {
        if (ready.isEmpty() && !wakeUp) {
            return null;
        }
        CompletableFuture<Void> taken = sleeper;
        sleeper = null;
        return taken;
    }

    private static void complete(@Nullable CompletableFuture<Void> future) {
        if (future != null) {
            future.complete(null);
        }
    }

    // ------------------------------------------------------------------ task thread

    CompletableFuture<Void> isAvailable() {
        lock.lock();
        try {
            if (!ready.isEmpty() || wakeUp) {
                return AVAILABLE;
            }
            if (sleeper == null) {
                sleeper = new CompletableFuture<>();
            }
            return sleeper;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that the batch taken last has been emitted, and takes the next one, as {@link
     * SplitQueue#taken}. Never blocks.
     *
     * @return the queue it belongs to, with an empty batch when that queue has come to its end;
     *     null if nothing is there
     * @throws FlinkException if {@link #fail} was called
     */
    @Nullable
    SplitQueue poll() throws FlinkException {
        Runnable drained = null;
        SplitQueue queue;
        lock.lock();
        try {
            wakeUp = false;
            if (failure != null) {
                throw new FlinkException("The WebSocket source failed.", failure);
            }
            SplitQueue emitted = emitting;
            emitting = null;
            if (emitted != null && emitted.messages == 0) {
                drained = emitted.whenDrained;
                emitted.whenDrained = null;
            }
            queue = ready.pollFirst();
            if (queue != null) {
                queue.inReady = false;
                take(queue);
                markReady(queue);
            }
        } finally {
            lock.unlock();
        }
        if (drained != null) {
            drained.run();
        }
        return queue;
    }

    private void take(SplitQueue queue) {
        MessageBatch batch = queue.pollFirst();
        if (batch == null) {
            queue.endTaken = true;
            return;
        }
        queue.taken = batch;
        emitting = queue;
        // Woken only at half, so that producer and consumer do not take turns at every batch.
        if (queue.producerWaits && fits(2 * queue.weight(), 2 * queue.messages)) {
            queue.notFull.signal();
        }
    }

    /** Gives back what is left of the batch taken last. */
    void putBack(SplitQueue queue) {
        lock.lock();
        try {
            if (!queue.taken.isEmpty()) {
                queue.prepend(queue.taken);
            }
            queue.taken = new MessageBatch(0);
            emitting = null;
            markReady(queue);
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #poll} gives the batches of this queue. */
    void setPaused(SplitQueue queue, boolean paused) {
        CompletableFuture<Void> wake = null;
        lock.lock();
        try {
            queue.paused = paused;
            if (paused && queue.inReady) {
                queue.inReady = false;
                ready.remove(queue);
            } else {
                markReady(queue);
                wake = takeSleeper();
            }
        } finally {
            lock.unlock();
        }
        complete(wake);
    }
}

package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.MailboxSettings;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkException;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The bounded hand-over from the I/O threads of a reader to its task thread: the only thread hop.
 * One lock, taken once a socket read. Each split has an even share of the limits, so that one that
 * is paused or slow never takes the room of the others; the splits take turns.
 */
@Internal
final class Mailbox {

    private final MailboxSettings settings;
    private final ReentrantLock lock = new ReentrantLock();

    @Nullable private volatile Throwable failure;

    // Guarded by the lock.
    private final Set<SplitQueue> queues = new LinkedHashSet<>();
    private final ArrayDeque<SplitQueue> ready = new ArrayDeque<>();
    private Share share;
    private final TaskAlarm alarm = new TaskAlarm();
    private boolean closed;

    /** The queue whose batch the task thread has taken and not finished. */
    @Nullable SplitQueue emitting;

    Mailbox(MailboxSettings settings) {
        this.settings = settings;
        this.share = new Share(settings, 1);
    }

    /** Opens a queue for a split. */
    SplitQueue add(String splitId) {
        lock.lock();
        try {
            SplitQueue queue = new SplitQueue(this, splitId, lock.newCondition());
            queues.add(queue);
            shareAnew();
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
            shareAnew();
        } finally {
            lock.unlock();
        }
    }

    private void shareAnew() {
        share = new Share(settings, Math.max(1, queues.size()));
        queues.forEach(queue -> queue.notFull.signalAll());
    }

    /** How many messages wait, those of the batch being emitted included. */
    long pendingMessages() {
        return locked(
                () -> queues.stream().mapToLong(q -> q.messages + (long) q.taken.size()).sum());
    }

    /** How many payload bytes wait, those of the batch being emitted included. */
    long pendingBytes() {
        return locked(() -> queues.stream().mapToLong(q -> q.bytes + q.taken.bytes()).sum());
    }

    /** How full the share is of the split that has filled most of it, from 0 to 1. */
    double usage() {
        return locked(() -> queues.stream().mapToDouble(share::usage).max().orElse(0));
    }

    <V> V locked(Supplier<V> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next {@link #poll} throw; for a failure that belongs to no split. */
    void fail(Throwable cause) {
        failure = cause;
        wakeUp();
    }

    /** Makes the task thread look again, if it sleeps. */
    void wakeUp() {
        CompletableFuture<Void> wake;
        lock.lock();
        try {
            alarm.request();
            wake = alarm.take(!ready.isEmpty());
        } finally {
            lock.unlock();
        }
        TaskAlarm.ring(wake);
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
            awaitRoom(queue, batch);
            if (!closed && !queue.ended) {
                try {
                    share.append(queue, batch);
                } catch (MailboxOverflowException e) {
                    endLocked(queue, e);
                }
                markReady(queue);
                wake = alarm.take(!ready.isEmpty());
            }
        } finally {
            lock.unlock();
        }
        TaskAlarm.ring(wake);
    }

    private void awaitRoom(SplitQueue queue, MessageBatch batch) throws InterruptedException {
        while (!closed && !queue.ended && share.mustWait(queue, batch)) {
            queue.producerWaits = true;
            queue.notFull.await();
        }
        queue.producerWaits = false;
    }

    void end(SplitQueue queue, @Nullable Exception cause) {
        CompletableFuture<Void> wake;
        lock.lock();
        try {
            endLocked(queue, cause);
            markReady(queue);
            wake = alarm.take(!ready.isEmpty());
        } finally {
            lock.unlock();
        }
        TaskAlarm.ring(wake);
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

    // ------------------------------------------------------------------ task thread

    CompletableFuture<Void> isAvailable() {
        return locked(() -> alarm.future(!ready.isEmpty()));
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
            alarm.clear();
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
        if (queue.producerWaits && share.isHalfFree(queue)) {
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
            if (queue.inReady && !queue.isReady()) {
                queue.inReady = false;
                ready.remove(queue);
            } else {
                markReady(queue);
                wake = alarm.take(!ready.isEmpty());
            }
        } finally {
            lock.unlock();
        }
        TaskAlarm.ring(wake);
    }
}

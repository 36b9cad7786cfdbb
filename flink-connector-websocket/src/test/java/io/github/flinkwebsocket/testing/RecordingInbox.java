package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.session.SplitInbox;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/** Keeps what the sessions of a split put, and can be told to be full, or not yet drained. */
public final class RecordingInbox implements SplitInbox {

    private final List<String> texts = new ArrayList<>();
    private final Queue<Runnable> drainCallbacks = new ArrayDeque<>();
    private volatile CountDownLatch room = new CountDownLatch(0);
    private volatile boolean blocked;
    private boolean drained = true;
    private int ends;
    @Nullable private Exception failure;

    /** From now on put blocks, until {@link #makeRoom}. */
    public void fill() {
        room = new CountDownLatch(1);
    }

    public void makeRoom() {
        room.countDown();
    }

    /** Whether an I/O thread waits for room. */
    public boolean isBlocked() {
        return blocked;
    }

    /** From now on whenDrained does not call back, until {@link #drain}. */
    public synchronized void holdBack() {
        drained = false;
    }

    /** Calls back all that wait. */
    public synchronized void drain() {
        drained = true;
        drainCallbacks.forEach(Runnable::run);
        drainCallbacks.clear();
    }

    /** How many wait to be called back. */
    public synchronized int waitingForDrain() {
        return drainCallbacks.size();
    }

    @Override
    public void put(MessageBatch batch) throws InterruptedException {
        blocked = room.getCount() > 0;
        room.await();
        blocked = false;
        synchronized (this) {
            for (WebSocketMessage m = batch.pollFirst(); m != null; m = batch.pollFirst()) {
                texts.add(m.getText());
            }
        }
    }

    @Override
    public synchronized void end(@Nullable Exception why) {
        if (ends++ == 0) {
            failure = why;
        }
    }

    @Override
    public synchronized void whenDrained(Runnable callback) {
        if (drained) {
            callback.run();
        } else {
            drainCallbacks.add(callback);
        }
    }

    public synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    public synchronized boolean isEnded() {
        return ends > 0;
    }

    /** Why it ended; null if the split is done, or has not ended. */
    @Nullable
    public synchronized Exception failure() {
        return failure;
    }
}

package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.session.SplitInbox;
import io.github.flinkwebsocket.session.SplitProgress;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Keeps what the sessions of a split put, and can be told to be full, or not yet drained. */
public final class RecordingInbox implements SplitInbox {

    private final List<String> texts = new ArrayList<>();
    private final Queue<Runnable> drainCallbacks = new ArrayDeque<>();
    private volatile CountDownLatch room = new CountDownLatch(0);
    private volatile boolean blocked;
    private boolean drained = true;
    private final List<WebSocketMessage> waiting = new ArrayList<>();
    private final LongSupplier clock;
    private final SplitProgress progress = new SplitProgress(null);
    private volatile Predicate<String> records = text -> true;
    private int ends;
    @Nullable private Exception failure;

    /** Takes the receive time of all messages from the wall clock. */
    public RecordingInbox() {
        this(System::currentTimeMillis);
    }

    /**
     * @param clock gives the receive time of all messages, in epoch milliseconds
     */
    public RecordingInbox(LongSupplier clock) {
        this.clock = clock;
    }

    /** What the messages make of the split. */
    public SplitProgress progress() {
        return progress;
    }

    /** From now on only these messages hold a record; all do at first. */
    public void recordsAre(Predicate<String> text) {
        records = text;
    }

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

    /** From now on nothing is emitted, until {@link #drain}. */
    public synchronized void holdBack() {
        drained = false;
    }

    /** Calls back all that wait. */
    public synchronized void drain() {
        drained = true;
        waiting.forEach(this::emit);
        waiting.clear();
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
                if (drained) {
                    emit(m);
                } else {
                    waiting.add(m);
                }
            }
        }
    }

    private void emit(WebSocketMessage message) {
        ConnectionInfo connection =
                ConnectionInfo.of("feed", "split", message.getConnectionNumber(), "", "");
        progress.emitted(
                new Arrival(connection, clock.getAsLong()), records.test(message.getText()), null);
    }

    @Override
    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
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

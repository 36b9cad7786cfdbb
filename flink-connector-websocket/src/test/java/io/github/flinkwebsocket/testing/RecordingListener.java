package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.connection.ConnectionListener;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.WebSocketConnection;
import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Keeps all that a connection tells, and can be told to block or to throw. */
public final class RecordingListener implements ConnectionListener {

    /** What to do when called, on the connection's I/O thread. */
    @FunctionalInterface
    public interface Action {
        void run(WebSocketConnection connection) throws InterruptedException;
    }

    private static final long WAIT_SECONDS = 30;

    private final CountDownLatch opened = new CountDownLatch(1);
    private final List<WebSocketMessage> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final CompletableFuture<Termination> end = new CompletableFuture<>();
    private volatile Action onOpen = connection -> {};
    private volatile Action beforeMessages = connection -> {};

    /** Runs this in onOpen. */
    public RecordingListener onOpen(Action action) {
        onOpen = action;
        return this;
    }

    /** Runs this in onMessages, before the messages are recorded. */
    public RecordingListener beforeMessages(Action action) {
        beforeMessages = action;
        return this;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        opened.countDown();
        try {
            onOpen.run(connection);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onMessages(WebSocketConnection connection, MessageBatch batch)
            throws InterruptedException {
        batches.incrementAndGet();
        beforeMessages.run(connection);
        for (WebSocketMessage m = batch.pollFirst(); m != null; m = batch.pollFirst()) {
            messages.add(m);
        }
    }

    @Override
    public void onEnd(WebSocketConnection connection, Termination termination) {
        ends.incrementAndGet();
        end.complete(termination);
    }

    /** Waits for onOpen. */
    public void awaitOpen() throws InterruptedException {
        if (!opened.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The connection did not open; end: " + end);
        }
    }

    /** Waits for onEnd. */
    public Termination awaitEnd() throws InterruptedException {
        try {
            return end.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The connection did not end.", e);
        }
    }

    /** Waits until so many messages have come. */
    public void awaitMessages(int count) {
        Await.until(count + " messages have come", () -> messages.size() >= count);
    }

    /** Waits until onMessages has been called so often, however that went. */
    public void awaitBatches(int count) {
        Await.until(count + " hand-overs have begun", () -> batches.get() >= count);
    }

    public boolean isOpened() {
        return opened.getCount() == 0;
    }

    public boolean isEnded() {
        return end.isDone();
    }

    /** How often onEnd has been called. */
    public int ends() {
        return ends.get();
    }

    public List<WebSocketMessage> messages() {
        return messages;
    }

    public List<String> texts() {
        return messages.stream().map(WebSocketMessage::getText).collect(Collectors.toList());
    }
}

package io.github.flinkwebsocket.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What a {@link ReplayServer} remembers of one path. Thread-safe. */
final class ReplayLog {

    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger pings = new AtomicInteger();
    private final List<Frame> messages = new ArrayList<>();

    synchronized void append(List<String> values) {
        for (String value : values) {
            messages.add(
                    Frame.text("{\"seq\":" + messages.size() + ",\"value\":\"" + value + "\"}"));
        }
        notifyAll();
    }

    synchronized int size() {
        return messages.size();
    }

    synchronized List<Frame> from(int start, int limit) {
        return List.copyOf(
                messages.subList(start, Math.min(messages.size(), Math.addExact(start, limit))));
    }

    synchronized void awaitMoreThan(int size) throws InterruptedException {
        while (messages.size() <= size) {
            wait();
        }
    }
}

package io.github.flinkwebsocket.testing;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client of a {@link ReplayServer}: its script's thread reads, a second one writes. */
final class Subscriber {

    private static final Pattern AFTER = Pattern.compile("\"after\":(-?[0-9]+)");
    private static final int BATCH = 500;

    final Peer peer;
    private final ReplayLog log;
    private final boolean follow;
    private final int start;
    private final int messagesBeforeCut;
    private final Map<String, CompletableFuture<Void>> pongs = new ConcurrentHashMap<>();
    private final AtomicInteger pingNumber = new AtomicInteger();
    private final CountDownLatch forever = new CountDownLatch(1);
    private volatile boolean frozen;
    private volatile int written;

    Subscriber(Peer peer, ReplayLog log, String request, int messagesBeforeCut) {
        this.peer = peer;
        this.log = log;
        this.messagesBeforeCut = messagesBeforeCut;
        this.follow = !request.contains("\"follow\":false");
        Matcher after = AFTER.matcher(request);
        if (after.find()) {
            start = Integer.parseInt(after.group(1)) + 1;
        } else if (request.equals(ReplayServer.LIVE)) {
            start = log.size();
        } else {
            throw new AssertionError("The server does not understand: " + request);
        }
        written = start;
        log.connections.incrementAndGet();
    }

    /** Serves the client until it leaves. */
    void run() throws IOException, InterruptedException {
        Thread writer = new Thread(this::write, "replay-server-write-" + peer.number());
        writer.setDaemon(true);
        writer.start();
        try {
            read();
        } finally {
            peer.drop();
            writer.interrupt();
            writer.join();
        }
    }

    private void read() throws IOException, InterruptedException {
        while (true) {
            Frame frame = peer.read();
            awaitThaw();
            switch (frame.opcode()) {
                case Frame.PING:
                    log.pings.incrementAndGet();
                    send(List.of(Frame.of(true, Frame.PONG, frame.payload)));
                    break;
                case Frame.PONG:
                    pongs.remove(frame.text()).complete(null);
                    break;
                case Frame.CLOSE:
                    send(List.of(Frame.of(true, Frame.CLOSE, frame.payload)));
                    return;
                default:
                    throw new AssertionError("The client sent a second message: " + frame.text());
            }
        }
    }

    private void write() {
        try {
            int next = start;
            while (true) {
                awaitThaw();
                int beforeCut = messagesBeforeCut - (next - start);
                if (beforeCut <= 0) {
                    peer.drop();
                    return;
                }
                List<Frame> batch = log.from(next, Math.min(BATCH, beforeCut));
                if (!batch.isEmpty()) {
                    send(batch);
                    next += batch.size();
                    written = next;
                } else if (follow) {
                    log.awaitMoreThan(next);
                } else {
                    send(List.of(Frame.close(ReplayServer.END_OF_LOG, "end of log")));
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone, or the server is closing.
        }
    }

    private void send(List<Frame> frames) throws IOException {
        synchronized (peer) {
            peer.send(frames.toArray(new Frame[0]));
        }
    }

    void awaitWritten() {
        Await.until("the whole log has been written", () -> written == log.size());
    }

    CompletableFuture<Void> ping() throws IOException {
        String payload = "ping " + pingNumber.incrementAndGet();
        CompletableFuture<Void> pong = new CompletableFuture<>();
        pongs.put(payload, pong);
        send(List.of(Frame.ping(payload)));
        return pong;
    }

    void freeze() {
        frozen = true;
    }

    private void awaitThaw() throws InterruptedException {
        if (frozen) {
            forever.await();
        }
    }
}

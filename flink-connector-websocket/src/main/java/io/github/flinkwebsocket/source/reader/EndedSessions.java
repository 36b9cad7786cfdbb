package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.session.SplitSessions;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a reader has no more use for, though the connections may still be closing, and their end
 * within a bound. Task thread.
 */
@Internal
final class EndedSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndedSessions.class);

    /** How long to wait for the servers' close frames, and again after closing the sockets. */
    private static final long CLOSE_MILLIS = 1000;

    private final List<SplitSessions> all = new ArrayList<>();

    void add(SplitSessions ended) {
        all.add(ended);
    }

    /** Closes all connections, by force when the servers do not answer in time. */
    @Override
    public void close() throws InterruptedException {
        all.forEach(SplitSessions::close);
        try {
            if (!awaitClosed()) {
                all.forEach(SplitSessions::abort);
                if (!awaitClosed()) {
                    LOG.warn("Not all connections ended within {} ms.", 2 * CLOSE_MILLIS);
                }
            }
        } finally {
            // An interrupt may have cut the waiting short.
            all.forEach(SplitSessions::abort);
        }
    }

    /** Waits for the connections of all splits together. */
    private boolean awaitClosed() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        boolean closed = true;
        for (SplitSessions sessions : all) {
            closed &= sessions.awaitClosed(Math.max(0, deadline - System.nanoTime()));
        }
        return closed;
    }
}

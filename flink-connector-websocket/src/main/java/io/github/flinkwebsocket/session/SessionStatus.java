package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the metrics of a split show of its sessions. Written by the control thread and the I/O
 * thread, one field by one of them; read by any thread.
 */
@Internal
public final class SessionStatus {

    private static final int MAX_FAILURE_LENGTH = 200;

    /** What the split's connection is doing. */
    public enum State {
        WAITING(0),
        CONNECTING(1),
        OPEN(2),
        CLOSED(3);

        private final int code;

        State(int code) {
            this.code = code;
        }

        /** The value of the metric. */
        public int code() {
            return code;
        }
    }

    private final Downtime downtime;
    private final SplitInbox inbox;
    private final SplitProgress progress;
    private boolean openedBefore;
    private volatile State state = State.WAITING;
    private volatile long connects;
    private volatile long reconnects;
    private volatile int lastCloseCode;
    private volatile String lastFailure = "";
    private volatile long gaps;
    private volatile boolean everLive;
    private volatile long lastRead = SplitPast.NO_TIME;

    // Of the I/O thread. lazySet costs a plain write.
    private final AtomicLong messagesReceived = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final AtomicLong framesWithoutData = new AtomicLong();

    /**
     * @param clock milliseconds that only go forward; any thread
     */
    SessionStatus(LongSupplier clock, SplitInbox inbox, SplitProgress progress) {
        downtime = new Downtime(clock);
        this.inbox = inbox;
        this.progress = progress;
    }

    /** What a checkpoint knows; an outage that a restart made began with what was read last. */
    void goOnFrom(SplitPast past, long now) {
        everLive = past.everLive;
        lastRead = past.lastRead;
        if (lastRead != SplitPast.NO_TIME) {
            downtime.beganBefore(Math.max(0, now - lastRead));
        }
    }

    void waiting() {
        state = State.WAITING;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the control thread alone
    void connecting() {
        state = State.CONNECTING;
        connects++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the control thread alone
    void opened() {
        state = State.OPEN;
        everLive = true;
        downtime.end();
        if (openedBefore) {
            reconnects++;
        }
        openedBefore = true;
    }

    /**
     * A connection, open or not, has ended.
     *
     * @param sinceRead for how many milliseconds nothing had been read from it; -1 if it never
     *     opened
     * @param now in epoch milliseconds
     */
    void ended(Termination termination, long sinceRead, long now) {
        if (sinceRead >= 0) {
            lastRead = now - sinceRead;
        }
        lastCloseCode = termination.code();
        String reason = termination.reason();
        lastFailure = reason.substring(0, Math.min(reason.length(), MAX_FAILURE_LENGTH));
        if (state != State.CLOSED) {
            downtime.begin(sinceRead);
        }
    }

    /** No connection is wanted any more. */
    void closed() {
        state = State.CLOSED;
        downtime.end();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the control thread alone
    void gap() {
        gaps++;
    }

    /** I/O thread, once a socket read; the threads of successive connections never overlap. */
    void received(MessageBatch batch) {
        messagesReceived.lazySet(messagesReceived.get() + batch.size());
        bytesReceived.lazySet(bytesReceived.get() + batch.bytes());
    }

    /** I/O thread, at most once a socket read. */
    void framesWithoutData(int count) {
        framesWithoutData.lazySet(framesWithoutData.get() + count);
    }

    public State state() {
        return state;
    }

    /** Connection attempts so far. */
    public long connects() {
        return connects;
    }

    /** Connections that opened after the first one that did. */
    public long reconnects() {
        return reconnects;
    }

    /** How long there was no open connection, the present outage included. */
    public long downtimeMillis() {
        return downtime.total();
    }

    /** 0 before the first connection has ended. */
    public int lastCloseCode() {
        return lastCloseCode;
    }

    /** Why the last connection ended; empty before. */
    public String lastFailure() {
        return lastFailure;
    }

    /** How often the split connected again without knowing where to continue. */
    public long gaps() {
        return gaps;
    }

    public long messagesReceived() {
        return messagesReceived.get();
    }

    /** Of payload. */
    public long bytesReceived() {
        return bytesReceived.get();
    }

    /** Pings, pongs, and empty frames inside a message. */
    public long framesWithoutData() {
        return framesWithoutData.get();
    }

    /**
     * For how many milliseconds no record has come, as far as what was received has been emitted;
     * -1 before the first.
     */
    public long timeSinceLastRecord() {
        Arrival record = progress.lastRecord();
        if (record == null) {
            return -1;
        }
        long until =
                inbox.isEmpty() ? System.currentTimeMillis() : progress.lastEmitted().receiveTime();
        return Math.max(0, until - record.receiveTime());
    }

    /** Whether the split was ever connected, also before this reader. */
    public boolean everLive() {
        return everLive;
    }

    /**
     * When anything was last read from a connection that has ended, in epoch milliseconds, or
     * {@link SplitPast#NO_TIME}.
     */
    long lastRead() {
        return lastRead;
    }
}

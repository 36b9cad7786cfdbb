package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
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
    private boolean openedBefore;
    private volatile State state = State.WAITING;
    private volatile long connects;
    private volatile long reconnects;
    private volatile int lastCloseCode;
    private volatile String lastFailure = "";
    private volatile long gaps;
    private volatile long lastMessageTime;

    // Of the I/O thread. lazySet costs a plain write; the time that is written next publishes it.
    private final AtomicLong messagesReceived = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final AtomicLong framesWithoutData = new AtomicLong();

    /**
     * @param clock milliseconds that only go forward; any thread
     */
    SessionStatus(LongSupplier clock) {
        downtime = new Downtime(clock);
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
        downtime.end();
        if (openedBefore) {
            reconnects++;
        }
        openedBefore = true;
    }

    /** A connection, open or not, has ended. */
    void ended(Termination termination) {
        lastCloseCode = termination.code();
        String reason = termination.reason();
        lastFailure = reason.substring(0, Math.min(reason.length(), MAX_FAILURE_LENGTH));
        if (state != State.CLOSED) {
            downtime.begin();
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
        lastMessageTime = batch.receiveTime();
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

    /** In epoch milliseconds; 0 before the first message. */
    public long lastMessageTime() {
        return lastMessageTime;
    }
}

package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

/**
 * What the metrics of a split show of its sessions. Written by the control thread and the I/O
 * thread, one field by one of them; read by any thread.
 */
@Internal
public final class SessionStatus {

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

    private boolean openedBefore;
    private volatile State state = State.WAITING;
    private volatile long connects;
    private volatile long reconnects;
    private volatile int lastCloseCode;
    private volatile long lastMessageTime;

    void state(State now) {
        state = now;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the control thread alone
    void connecting() {
        state = State.CONNECTING;
        connects++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the control thread alone
    void opened() {
        state = State.OPEN;
        if (openedBefore) {
            reconnects++;
        }
        openedBefore = true;
    }

    void closed(int code) {
        lastCloseCode = code;
    }

    void messageAt(long epochMillis) {
        lastMessageTime = epochMillis;
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

    /** 0 before the first connection has ended. */
    public int lastCloseCode() {
        return lastCloseCode;
    }

    /** In epoch milliseconds; 0 before the first message. */
    public long lastMessageTime() {
        return lastMessageTime;
    }
}

package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;

/**
 * Where and when one socket read arrived; shared by all messages of that read. Immutable, written
 * on the I/O thread, read on the task thread.
 */
@Internal
public final class Arrival {

    final ConnectionInfo connection;
    final long receiveTime;

    /**
     * @param connection the connection it arrived on
     * @param receiveTime when the bytes were read, in epoch milliseconds
     */
    public Arrival(ConnectionInfo connection, long receiveTime) {
        this.connection = connection;
        this.receiveTime = receiveTime;
    }

    /** When it was read, in epoch milliseconds. */
    public long receiveTime() {
        return receiveTime;
    }

    /** The number of its connection within the split, from 1. */
    public long connectionNumber() {
        return connection.number;
    }
}

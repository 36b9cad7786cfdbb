package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * Where and when one socket read arrived; shared by all messages of that read. Immutable, written
 * on the I/O thread, read on the task thread.
 */
@Internal
public final class Arrival {

    final String splitId;
    final long connectionNumber;
    @Nullable final String subprotocol;
    final long receiveTime;

    /**
     * @param splitId the split that received it
     * @param connectionNumber the number of the connection within the split, from 1
     * @param subprotocol what the server chose of the subprotocols offered, or null for none
     * @param receiveTime when the bytes were read, in epoch milliseconds
     */
    public Arrival(
            String splitId, long connectionNumber, @Nullable String subprotocol, long receiveTime) {
        this.splitId = splitId;
        this.connectionNumber = connectionNumber;
        this.subprotocol = subprotocol;
        this.receiveTime = receiveTime;
    }
}

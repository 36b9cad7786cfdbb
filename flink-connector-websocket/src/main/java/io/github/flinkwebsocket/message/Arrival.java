package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;

/**
 * Where and when one socket read arrived; shared by all messages of that read. Immutable, written
 * on the I/O thread, read on the task thread.
 */
@Internal
public final class Arrival {

    final String splitId;
    final long connectionNumber;
    final long receiveTime;

    /**
     * @param splitId the split that received it
     * @param connectionNumber the number of the connection within the split, from 1
     * @param receiveTime when the bytes were read, in epoch milliseconds
     */
    public Arrival(String splitId, long connectionNumber, long receiveTime) {
        this.splitId = splitId;
        this.connectionNumber = connectionNumber;
        this.receiveTime = receiveTime;
    }
}

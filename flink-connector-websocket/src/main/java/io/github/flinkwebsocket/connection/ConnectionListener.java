package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;

/**
 * Takes what happens on one {@link WebSocketConnection}. Every method is called on the connection's
 * I/O thread, in this order: {@link #onOpen} at most once, {@link #onMessages} and {@link
 * #onFramesWithoutData} any number of times, {@link #onEnd} exactly once and last.
 */
@Internal
public interface ConnectionListener {

    /** The upgrade is done; what is sent here is sent before anything is read. */
    void onOpen(WebSocketConnection connection);

    /**
     * The messages of one socket read. May block to hold back the server: nothing is read until it
     * returns, and the connection is not taken for dead.
     *
     * @throws InterruptedException if it gives up waiting; ends the connection
     */
    void onMessages(WebSocketConnection connection, MessageBatch batch) throws InterruptedException;

    /** A socket read brought so many frames without data: pings, pongs, empty fragments. */
    default void onFramesWithoutData(WebSocketConnection connection, int count) {}

    /** The connection has ended; all that was valid has been handed over. */
    void onEnd(WebSocketConnection connection, Termination termination);
}

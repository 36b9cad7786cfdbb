package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** Where the sessions of one split put what they receive. Thread-safe. */
@Internal
public interface SplitInbox {

    /**
     * Hands over messages, as the overflow policy says; may block. What comes after {@link #end} is
     * ignored.
     */
    void put(MessageBatch batch) throws InterruptedException;

    /**
     * Says that nothing more will come. Does not block; only the first call counts.
     *
     * @param failure why the job must fail after what was put before, or null if the split is done
     */
    void end(@Nullable Exception failure);

    /** Whether all that was put has been emitted. */
    boolean isEmpty();

    /**
     * Calls back once all that was put has been emitted, so that the position is up to date: at
     * once, or later from the task thread. Does not block.
     */
    void whenDrained(Runnable callback);
}

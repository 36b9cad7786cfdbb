package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

/**
 * Runs the control of all sessions of a reader: connects, timers, ends. One thread, so that their
 * state needs no locks. Tests drive one by hand.
 */
@Internal
public interface Scheduler {

    /** A task that has not run yet. */
    interface Timer {
        void cancel();
    }

    /** Runs the task on the control thread, soon. May be called from any thread. */
    void execute(Runnable task);

    /** Runs the task on the control thread after so many milliseconds. Any thread. */
    Timer schedule(long delay, Runnable task);

    /** Milliseconds of a clock that only goes forward; compare with itself only. */
    long monotonicMillis();

    /** Epoch milliseconds. */
    long epochMillis();
}

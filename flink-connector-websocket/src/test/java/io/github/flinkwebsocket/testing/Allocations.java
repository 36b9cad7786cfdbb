package io.github.flinkwebsocket.testing;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/** Measures how many bytes the calling thread allocates. */
public final class Allocations {

    /** What to measure. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Runs the action and tells how many bytes it allocated. */
    public static long of(Action action) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        action.run();
        return threads.getThreadAllocatedBytes(id) - before;
    }

    private Allocations() {}
}

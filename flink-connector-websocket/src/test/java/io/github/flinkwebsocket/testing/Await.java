package io.github.flinkwebsocket.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does and no latch tells: looks every 5 ms, for 30 s at most. */
public final class Await {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /**
     * Returns when the condition holds.
     *
     * @param what goes into the message if it never does
     */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Waited 30 s in vain until " + what + ".");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private Await() {}
}

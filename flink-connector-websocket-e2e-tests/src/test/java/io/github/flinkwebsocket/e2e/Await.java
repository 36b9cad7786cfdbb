package io.github.flinkwebsocket.e2e;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that nothing announces. */
final class Await {

    private static final long LIMIT_SECONDS = 90;

    /** Returns as soon as the condition holds; fails after 90 s, with its last exception if any. */
    static void until(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Exception last;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                // Such as a REST endpoint that is not there yet.
                last = e;
            }
            pause(50);
        } while (System.nanoTime() < deadline);
        throw new AssertionError("Not within " + LIMIT_SECONDS + " s: " + what, last);
    }

    /** Lets time pass between two looks at something. */
    static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private Await() {}
}

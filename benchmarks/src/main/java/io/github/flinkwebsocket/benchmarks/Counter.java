package io.github.flinkwebsocket.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many messages this JVM has received. Written by one thread with plain stores, which cost
 * nothing next to a message; read by the thread that measures. Static, because Flink copies
 * functions.
 */
final class Counter {

    private static final VarHandle COUNT;

    private static long count;

    static {
        try {
            COUNT = MethodHandles.lookup().findStaticVarHandle(Counter.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static void add(long messages) {
        COUNT.setOpaque(count + messages);
    }

    static long get() {
        return (long) COUNT.getOpaque();
    }

    private Counter() {}
}

package io.github.flinkwebsocket.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What a JVM has done and used, at a moment or between two moments. Immutable. */
final class Measurement {

    private final long nanos;
    private final long messages;
    private final long cpuNanos;
    private final long allocated;

    private Measurement(long nanos, long messages, long cpuNanos, long allocated) {
        this.nanos = nanos;
        this.messages = messages;
        this.cpuNanos = cpuNanos;
        this.allocated = allocated;
    }

    /** Since the start of this JVM: CPU of the whole process, allocation of all live threads. */
    static Measurement now() {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated =
                Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                        .filter(bytes -> bytes > 0)
                        .sum();
        return new Measurement(
                System.nanoTime(), Counter.get(), system.getProcessCpuTime(), allocated);
    }

    Measurement since(Measurement start) {
        return new Measurement(
                nanos - start.nanos,
                messages - start.messages,
                cpuNanos - start.cpuNanos,
                allocated - start.allocated);
    }

    /** One line; {@link #parse} reads it. */
    @Override
    public String toString() {
        return nanos + " " + messages + " " + cpuNanos + " " + allocated;
    }

    static Measurement parse(String line) {
        String[] parts = line.split(" ");
        return new Measurement(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
    }

    double microsPerMessage() {
        return cpuNanos / 1e3 / messages;
    }

    double bytesPerMessage() {
        return (double) allocated / messages;
    }

    double messagesPerSecond() {
        return messages * 1e9 / nanos;
    }

    /** How much of one core was used: 1 for all of it. */
    double load() {
        return (double) cpuNanos / nanos;
    }
}

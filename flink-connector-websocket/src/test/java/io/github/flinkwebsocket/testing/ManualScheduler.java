package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.session.Scheduler;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * A scheduler whose clock stands still until it is told: tasks run on the thread that calls {@link
 * #runDue}, {@link #advance} or {@link #runUntil}, in the order of their time, those of the same
 * time in the order they came. Any thread may add tasks.
 */
public final class ManualScheduler implements Scheduler {

    private static final class Task implements Timer {
        final long time;
        final long number;
        final Runnable action;
        volatile boolean cancelled;

        Task(long time, long number, Runnable action) {
            this.time = time;
            this.number = number;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.<Task>comparingLong(t -> t.time).thenComparingLong(t -> t.number));
    private final long epochOffset;
    private long now;
    private long added;

    public ManualScheduler() {
        this(1_700_000_000_000L);
    }

    /**
     * @param epochMillis the wall clock at the start
     */
    public ManualScheduler(long epochMillis) {
        epochOffset = epochMillis;
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public synchronized Timer schedule(long delay, Runnable action) {
        Task task = new Task(now + Math.max(0, delay), added++, action);
        tasks.add(task);
        return task;
    }

    @Override
    public synchronized long monotonicMillis() {
        return now;
    }

    @Override
    public synchronized long epochMillis() {
        return epochOffset + now;
    }

    /** Runs what is due now, and what that makes due. */
    public void runDue() {
        advance(0);
    }

    /** Moves the clock on, and runs each task when its time has come. */
    public void advance(long millis) {
        long end = monotonicMillis() + millis;
        for (Task task = next(end); task != null; task = next(end)) {
            task.action.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Task next(long end) {
        Task task = tasks.peek();
        while (task != null && task.cancelled) {
            tasks.remove();
            task = tasks.peek();
        }
        if (task == null || task.time > end) {
            return null;
        }
        now = Math.max(now, task.time);
        return tasks.remove();
    }

    /** Runs what becomes due without the clock moving, until the condition holds. */
    public void runUntil(String what, BooleanSupplier condition) {
        Await.until(
                what,
                () -> {
                    runDue();
                    return condition.getAsBoolean();
                });
    }

    /** How many milliseconds from now the next task is due; -1 if there is none. */
    public synchronized long untilNext() {
        tasks.removeIf(t -> t.cancelled);
        Task task = tasks.peek();
        return task == null ? -1 : task.time - now;
    }

    /** How many tasks wait. */
    public synchronized int waiting() {
        tasks.removeIf(t -> t.cancelled);
        return tasks.size();
    }
}

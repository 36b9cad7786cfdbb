package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The scheduler of a running reader: one daemon thread, which {@link #close} ends. */
@Internal
public final class ControlThread implements Scheduler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);
    private static final long CLOSE_MILLIS = 1000;

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> onFailure;

    /**
     * @param onFailure takes what a task throws, which is a bug; called on the control thread
     */
    public ControlThread(String name, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public Timer schedule(long delay, Runnable task) {
        try {
            Future<?> future = executor.schedule(() -> guarded(task), delay, TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            // The reader has closed; nothing is left to control.
            return () -> {};
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            // First, since writing to the log may fail for want of memory, too.
            onFailure.accept(t);
            LOG.error("A task of the control thread failed.", t);
        }
    }

    @Override
    public long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    /** Ends the thread; waits one second at most. */
    @Override
    public void close() throws InterruptedException {
        executor.shutdownNow();
        if (!executor.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.warn("The control thread did not end within {} ms.", CLOSE_MILLIS);
        }
    }
}

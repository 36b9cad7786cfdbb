package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.Bounds;

import org.apache.flink.annotation.Internal;

import java.util.function.Consumer;

/**
 * Ends a split when its time is over: {@code bounded.duration} and {@code bounded.idle-time}.
 * Timers run on the control thread; the I/O thread tells when messages come.
 */
@Internal
final class SplitClock {

    private final Bounds bounds;
    private final Scheduler scheduler;
    private final Consumer<String> end;

    private volatile long lastMessage;
    private volatile boolean handingOver;

    /**
     * @param end takes the reason; may be called when the split has already ended
     */
    SplitClock(Bounds bounds, Scheduler scheduler, Consumer<String> end) {
        this.bounds = bounds;
        this.scheduler = scheduler;
        this.end = end;
    }

    /**
     * @param startTime when the split was first started, in epoch milliseconds
     */
    void start(long startTime) {
        lastMessage = scheduler.monotonicMillis();
        if (bounds.hasDuration()) {
            long age = Math.max(0, scheduler.epochMillis() - startTime);
            scheduler.schedule(
                    Math.max(0, bounds.duration() - age),
                    () -> end.accept("'bounded.duration' has passed"));
        }
        if (bounds.hasIdleTime()) {
            scheduleIdleCheck(bounds.idleTime());
        }
    }

    /** Messages are about to be handed over, which may take long. I/O thread. */
    void handOver() {
        handingOver = true;
    }

    /** Messages have been handed over. I/O thread. */
    void handedOver() {
        if (bounds.hasIdleTime()) {
            lastMessage = scheduler.monotonicMillis();
        }
        handingOver = false;
    }

    private void scheduleIdleCheck(long delay) {
        scheduler.schedule(
                delay,
                () -> {
                    // While a message waits for room the split is anything but idle.
                    long idle = handingOver ? 0 : scheduler.monotonicMillis() - lastMessage;
                    long left = bounds.idleTime() - idle;
                    if (left > 0) {
                        scheduleIdleCheck(left);
                    } else {
                        end.accept("no message for " + idle + " ms");
                    }
                });
    }
}

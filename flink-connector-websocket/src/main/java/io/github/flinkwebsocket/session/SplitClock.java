package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.Bounds;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

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

    /** Kept only if {@code bounded.idle-time} is set. */
    @Nullable private final QuietTime quietTime;

    /**
     * @param end takes the reason; may be called when the split has already ended
     */
    SplitClock(
            Bounds bounds,
            Scheduler scheduler,
            SplitInbox inbox,
            SplitProgress progress,
            Consumer<String> end) {
        this.bounds = bounds;
        this.scheduler = scheduler;
        this.end = end;
        this.quietTime = bounds.hasIdleTime() ? new QuietTime(scheduler, inbox, progress) : null;
    }

    /**
     * @param startTime when the split was first started, in epoch milliseconds
     */
    void start(long startTime) {
        if (bounds.hasDuration()) {
            long age = Math.max(0, scheduler.epochMillis() - startTime);
            scheduler.schedule(
                    Math.max(0, bounds.duration() - age),
                    () -> end.accept("'bounded.duration' has passed"));
        }
        if (quietTime != null) {
            quietTime.restart();
            scheduleIdleCheck(bounds.idleTime());
        }
    }

    /** Messages are about to be handed over, which may take long. I/O thread. */
    void handOver() {
        if (quietTime != null) {
            quietTime.handOver();
        }
    }

    /** Messages have been handed over. I/O thread. */
    void handedOver() {
        if (quietTime != null) {
            quietTime.handedOver();
        }
    }

    private void scheduleIdleCheck(long delay) {
        scheduler.schedule(
                delay,
                () -> {
                    long idle = quietTime.get();
                    long left = bounds.idleTime() - idle;
                    if (left > 0) {
                        scheduleIdleCheck(Math.max(left, QuietTime.MIN_CHECK));
                    } else {
                        end.accept("no record for " + idle + " ms");
                    }
                });
    }
}

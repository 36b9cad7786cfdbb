package io.github.flinkwebsocket.source.reader;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.concurrent.CompletableFuture;

/**
 * Wakes the task thread, and only when it sleeps: whoever puts something takes the future on which
 * it sleeps, and completes it outside the lock. Guarded by the mailbox's lock, but for {@link
 * #ring}.
 */
@Internal
final class TaskAlarm {

    private static final CompletableFuture<Void> AVAILABLE =
            CompletableFuture.completedFuture(null);

    private boolean requested;
    @Nullable private CompletableFuture<Void> sleeper;

    /** What the task thread sleeps on; done if there is a reason to be awake. */
    CompletableFuture<Void> future(boolean reason) {
        if (reason || requested) {
            return AVAILABLE;
        }
        if (sleeper == null) {
            sleeper = new CompletableFuture<>();
        }
        return sleeper;
    }

    /** The task thread is to look again, whatever there is. */
    void request() {
        requested = true;
    }

    /** The task thread has looked. */
    void clear() {
        requested = false;
    }

    /** What is to be completed, or null if the task thread is awake or has no reason to be. */
    @Nullable
    CompletableFuture<Void> take(boolean reason) {
        if (!reason && !requested) {
            return null;
        }
        CompletableFuture<Void> taken = sleeper;
        sleeper = null;
        return taken;
    }

    /** Wakes the task thread, if there is something to complete. */
    static void ring(@Nullable CompletableFuture<Void> taken) {
        if (taken != null) {
            taken.complete(null);
        }
    }
}

package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.message.Arrival;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * For how long no record has come, though we would take it. The time stands still while messages
 * wait to be emitted, which may hold one, and while the mailbox holds back reading. The I/O thread
 * tells of hand-overs; the control thread asks.
 */
@Internal
final class QuietTime {

    /** While it stands still just before a limit, it is not to be asked all the time. */
    static final long MIN_CHECK = 10;

    private final Scheduler scheduler;
    private final SplitInbox inbox;
    private final SplitProgress progress;

    // I/O thread writes.
    private volatile long held;
    private volatile boolean handingOver;
    private long handOverBegan;

    // Control thread only.
    private long since;
    private long heldBefore;
    private long lastLook;
    @Nullable private Arrival seen;

    /** Begins now. */
    QuietTime(Scheduler scheduler, SplitInbox inbox, SplitProgress progress) {
        this.scheduler = scheduler;
        this.inbox = inbox;
        this.progress = progress;
        restart();
    }

    /** Control thread. */
    void restart() {
        beginAt(scheduler.monotonicMillis());
        lastLook = since;
        seen = progress.lastRecord();
    }

    private void beginAt(long time) {
        since = time;
        heldBefore = held;
    }

    /** Messages are about to be handed over. I/O thread. */
    void handOver() {
        handOverBegan = scheduler.monotonicMillis();
        handingOver = true;
    }

    /** Messages have been handed over. I/O thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // I/O threads of a split never overlap
    void handedOver() {
        held += scheduler.monotonicMillis() - handOverBegan;
        handingOver = false;
    }

    /** In milliseconds. Control thread. */
    long get() {
        boolean waiting = handingOver || !inbox.isEmpty();
        long now = scheduler.monotonicMillis();
        Arrival record = progress.lastRecord();
        if (record != seen && record != null) {
            seen = record;
            // Wall clocks jump, but it was after the last look.
            beginAt(Math.min(now, Math.max(lastLook, timeOf(record))));
        }
        // What has been emitted is known, what waits is not.
        Arrival emitted = progress.lastEmitted();
        long until = !waiting ? now : emitted == null ? since : Math.min(now, timeOf(emitted));
        lastLook = now;
        return Math.max(0, until - since - (held - heldBefore));
    }

    /** On the clock that only goes forward. */
    private long timeOf(Arrival arrival) {
        return scheduler.monotonicMillis() - (scheduler.epochMillis() - arrival.receiveTime());
    }
}

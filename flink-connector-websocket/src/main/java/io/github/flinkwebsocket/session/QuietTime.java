package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

/**
 * For how long no message has come, though we would take it: while messages are handed over, which
 * may take long, the time stands still, and starts anew after it. The I/O thread tells of messages;
 * any thread asks.
 */
@Internal
final class QuietTime {

    private final Scheduler scheduler;

    private volatile long since;
    private volatile boolean handingOver;

    /** Begins now. */
    QuietTime(Scheduler scheduler) {
        this.scheduler = scheduler;
        restart();
    }

    void restart() {
        since = scheduler.monotonicMillis();
    }

    /** Messages are about to be handed over. */
    void handOver() {
        handingOver = true;
    }

    /** Messages have been handed over. */
    void handedOver() {
        restart();
        handingOver = false;
    }

    /** In milliseconds. */
    long get() {
        return handingOver ? 0 : scheduler.monotonicMillis() - since;
    }
}

package io.github.flinkwebsocket.examples;

/** Notices once that a connection is open and no record comes. Used by one thread. */
final class Silence {

    private final FeedMetrics metrics;
    private final long nanos;
    private boolean wasOpen;
    private long openSince;
    private boolean over;

    /**
     * @param nanos how long to wait
     */
    Silence(FeedMetrics metrics, long nanos) {
        this.metrics = metrics;
        this.nanos = nanos;
    }

    /** Whether it is time to say so: true once, and never if there was a record. */
    boolean begins(long now) {
        if (over) {
            return false;
        }
        if (!wasOpen && metrics.isOpen()) {
            wasOpen = true;
            openSince = now;
        }
        boolean spoke = metrics.records() > 0;
        boolean late = wasOpen && now - openSince >= nanos;
        over = spoke || late;
        return late && !spoke;
    }
}

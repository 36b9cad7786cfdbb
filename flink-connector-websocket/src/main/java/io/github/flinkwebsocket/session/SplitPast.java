package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

/** What a checkpoint knows of a split's connections before this reader. Immutable; any thread. */
@Internal
public final class SplitPast {

    /** In the place of a time that is not known. */
    public static final long NO_TIME = Long.MIN_VALUE;

    final long startTime;
    final boolean resumed;
    final boolean everLive;
    final long lastRead;

    /**
     * @param startTime when the split was first started, in epoch milliseconds
     * @param resumed whether messages of the split may have been emitted before a restart
     * @param everLive whether it was ever connected
     * @param lastRead when anything was last read that is not lost, in epoch milliseconds, or
     *     {@link #NO_TIME}
     */
    public SplitPast(long startTime, boolean resumed, boolean everLive, long lastRead) {
        this.startTime = startTime;
        this.resumed = resumed;
        this.everLive = everLive;
        this.lastRead = lastRead;
    }
}

package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.ConnectRate;

import org.apache.flink.annotation.Internal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Spreads the connects of a reader to each host, so that many splits that restart together do not
 * get the user banned. Shared by the splits of a reader; control thread.
 */
@Internal
public final class ConnectLimiter {

    private final int max;
    private final long interval;

    /** When the last connects began or will begin, by host; the oldest first. */
    private final Map<String, ArrayDeque<Long>> starts = new HashMap<>();

    /**
     * @param subtasks how many share the limit of the job
     */
    public ConnectLimiter(ConnectRate rate, int subtasks) {
        this.max = rate.share(subtasks);
        this.interval = rate.interval();
    }

    /** Takes the next free place, and returns in how many milliseconds it is. */
    long reserve(String host, long now) {
        if (max == Integer.MAX_VALUE) {
            return 0;
        }
        ArrayDeque<Long> taken = starts.computeIfAbsent(host, h -> new ArrayDeque<>());
        long start = taken.size() < max ? now : Math.max(now, taken.removeFirst() + interval);
        taken.addLast(start);
        return start - now;
    }
}

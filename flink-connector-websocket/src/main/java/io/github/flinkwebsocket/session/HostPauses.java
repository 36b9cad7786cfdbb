package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Until when each host wants to be left alone by a split. Control thread. */
@Internal
final class HostPauses {

    private final LongSupplier clock;
    private final Map<String, Long> ends = new HashMap<>();

    /**
     * @param clock milliseconds that only go forward
     */
    HostPauses(LongSupplier clock) {
        this.clock = clock;
    }

    /** The host wants to be left alone for so many milliseconds. */
    void begin(String host, long millis) {
        if (millis > 0) {
            ends.put(key(host), clock.getAsLong() + millis);
        }
    }

    /** How many milliseconds are left; 0 for none. */
    long left(String host) {
        Long end = ends.get(key(host));
        return end == null ? 0 : Math.max(0, end - clock.getAsLong());
    }

    private static String key(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

/** Says how many there are of something: "1 message", "2 messages". Any thread. */
@Internal
public final class Count {

    /**
     * @param thing what there is one of; an s makes it several
     */
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private Count() {}
}

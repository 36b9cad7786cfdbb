package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts the frames that bring no data: pings, pongs, and empty frames inside a message. Each costs
 * the sender two bytes and us a turn of the parser, and no other limit holds them. Runs on the I/O
 * thread.
 */
@Internal
final class FramesWithoutData {

    /** Far beyond what any server needs, and still little to do. */
    static final int MAX_PER_MINUTE = 60_000;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoClock;
    private long since;
    private int counted;
    private int sinceLastTake;

    FramesWithoutData(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.since = nanoClock.getAsLong();
    }

    /** Counts one. Looks at the clock only when as many have come as a minute may bring. */
    void add() throws InvalidDataException {
        sinceLastTake++;
        if (++counted > MAX_PER_MINUTE) {
            long now = nanoClock.getAsLong();
            if (now - since < MINUTE) {
                throw new InvalidDataException(
                        CloseFrame.POLICY_VALIDATION,
                        "the server sent more than "
                                + MAX_PER_MINUTE
                                + " pings, pongs and empty fragments within a minute");
            }
            since = now;
            counted = 1;
        }
    }

    /** How many were counted since this was asked last. */
    int take() {
        int count = sinceLastTake;
        sinceLastTake = 0;
        return count;
    }
}

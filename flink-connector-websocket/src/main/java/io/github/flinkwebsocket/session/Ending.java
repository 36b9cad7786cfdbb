package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;

import org.apache.flink.annotation.Internal;

/** How a connection ended, and what it was worth. Immutable. */
@Internal
final class Ending {

    /** What a connection was worth. */
    enum Worth {
        /** It was open for {@code reconnect.stable-after}. */
        GOOD,
        /** It was not, but brought records. */
        BROUGHT_RECORDS,
        /** Neither, or it never opened. */
        NOTHING
    }

    final long number;
    final Termination termination;

    /** When it was, on the clock that only goes forward. */
    final long time;

    final boolean opened;

    /** For how many milliseconds it was open. */
    final long life;

    /** Whether any message came, with a record or not. */
    final boolean receivedAny;

    /**
     * @param number of the connection within the split
     * @param openedAt when it opened, or -1 if it did not
     */
    Ending(long number, Termination termination, long openedAt, long time, boolean receivedAny) {
        this.number = number;
        this.termination = termination;
        this.time = time;
        this.opened = openedAt >= 0;
        this.life = opened ? time - openedAt : 0;
        this.receivedAny = receivedAny;
    }
}

package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** What follows the end of a connection: another attempt, or the failure of the job. Immutable. */
@Internal
final class NextStep {

    /** Why the job must fail, or null if there is another attempt. */
    @Nullable final String failure;

    /** How many milliseconds to wait before it. */
    final long wait;

    private NextStep(@Nullable String failure, long wait) {
        this.failure = failure;
        this.wait = wait;
    }

    static NextStep retry(long wait) {
        return new NextStep(null, wait);
    }

    static NextStep fail(String why) {
        return new NextStep(why, 0);
    }
}

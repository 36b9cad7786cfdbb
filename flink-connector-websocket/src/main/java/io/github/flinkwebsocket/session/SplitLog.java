package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.concurrent.TimeUnit;

/**
 * The log of one split: a line at INFO for each change of its connection, at WARN when it fails
 * again and again, nothing for messages. Names the URL of the attempt, without secrets. Control
 * thread.
 */
@Internal
final class SplitLog {

    // Users know the lines by this name.
    private static final Logger LOG = LoggerFactory.getLogger(SplitSessions.class);

    /** A server that restarts refuses now and then; more than that is worth a look. */
    private static final int WARN_AFTER = 3;

    private final String split;
    private long number;
    private String url = "";

    /**
     * @param split as {@code Feed.nameOfSplit} names it
     */
    SplitLog(String split) {
        this.split = split;
    }

    void waitsForPlace(long millis) {
        LOG.info("{}: waits {} ms for its place ('connect-rate.max').", split, millis);
    }

    /** What follows is about this connection. */
    void begins(long connectionNumber, String shownUrl) {
        number = connectionNumber;
        url = shownUrl;
        LOG.debug("{} begins.", connection());
    }

    void isOpen(@Nullable String subprotocol) {
        LOG.info(
                "{} is open{}.",
                connection(),
                subprotocol == null ? "" : ", with subprotocol " + subprotocol);
    }

    /** The attempt fails, since where it is sent must not get what it would send. */
    void isNotRedirected(String host) {
        LOG.warn(
                "{} is redirected to another server, {}, but does not go there: 'open-messages' or"
                        + " 'subprotocols' look like credentials.",
                connection(),
                host);
    }

    /**
     * @param failures how many attempts in a row have failed
     * @param outage for how many milliseconds no connection was worth anything
     */
    void hasEnded(Termination termination, long wait, int failures, long outage) {
        if (failures < WARN_AFTER) {
            LOG.info(
                    "{} has ended: {}. Attempt {} in {} ms.",
                    connection(),
                    termination.reason(),
                    number + 1,
                    wait);
        } else {
            LOG.warn(
                    "{} has ended: {}. Attempt {} in {} ms. The last {} attempts, for {} s, have brought"
                            + " nothing.",
                    connection(),
                    termination.reason(),
                    number + 1,
                    wait,
                    failures,
                    TimeUnit.MILLISECONDS.toSeconds(outage));
        }
    }

    /** The connection that was closed because the split needs it no more. */
    void isClosed() {
        LOG.info("{} has ended.", connection());
    }

    /** The end of the connection is the end of the split. */
    void isFinished(Termination termination) {
        LOG.info("{} has ended: {}. The split is finished.", connection(), termination.reason());
    }

    void isFinished(String why) {
        LOG.info("{} is finished: {}.", split, why);
    }

    /** Returns the line, which says the same as the failure of the job. */
    String hasFailed(String why, Termination termination) {
        String line = String.format("%s %s: %s", connection(), why, termination.reason());
        LOG.info("{}. The job fails.", line);
        return line;
    }

    private String connection() {
        return String.format("%s: connection %d to %s", split, number, url);
    }
}

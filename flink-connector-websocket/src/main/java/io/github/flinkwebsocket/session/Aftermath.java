package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.ReconnectSettings;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides what follows the end of a split's connection: how long to wait, where to go, or why to
 * fail. Control thread.
 */
@Internal
final class Aftermath {

    /** After so many rounds in a row that no attempt mends, one that never worked is given up. */
    private static final int MAX_LASTING = 10;

    private final ReconnectSettings settings;
    private final RetryRule retryRule;
    private final Route route;
    private final Backoff backoff;
    private final Scheduler scheduler;

    private int lasting;

    /** When the first of the failures in a row was, or -1. */
    private long failingSince = -1;

    /** Whether all URLs of the present round ended in a way that no attempt mends. */
    private boolean roundIsLasting = true;

    Aftermath(Feed feed, Route route, Scheduler scheduler) {
        this.settings = feed.reconnect();
        this.retryRule = new RetryRule(feed.retry());
        this.route = route;
        this.backoff = new Backoff(feed.reconnect(), this::random);
        this.scheduler = scheduler;
    }

    /**
     * @param everLive whether the split was ever connected
     * @param position where the next attempt continues, or null
     */
    NextStep of(Ending ending, Ending.Worth worth, boolean everLive, @Nullable String position) {
        Termination termination = ending.termination;
        if (termination.isBug()) {
            return NextStep.fail("failed by a fault in the program, not of the connection");
        }
        route.leaveAlone(RetryRule.retryAfter(termination, scheduler.epochMillis()));
        if (worth == Ending.Worth.NOTHING) {
            roundIsLasting &= termination.isLasting();
            if (route.hasAnotherWay(termination, position)) {
                if (!route.isDetour()) {
                    // A URL of the feed has failed; redirects and fresh credentials are no failure.
                    backoff.failed();
                }
                return NextStep.retry(route.pause(position));
            }
        }
        if (retryRule.isFatal(termination)) {
            return NextStep.fail("can't be mended by another attempt");
        }
        long wait = waitAfter(worth, ending.life);
        if (backoff.isExhausted()) {
            return NextStep.fail(
                    "was the last of "
                            + backoff.failuresInARow()
                            + " in a row without a record ('reconnect.max-attempts')");
        }
        if (lasting >= MAX_LASTING && !everLive && settings.maxAttempts() == Integer.MAX_VALUE) {
            return NextStep.fail(
                    "was the last of "
                            + lasting
                            + " in a row that trying again does not mend, and none has ever worked");
        }
        route.startOver();
        long spread = RetryRule.spread(termination, settings.restartDelay());
        wait = Math.max(wait, spread == 0 ? 0 : random(spread));
        return NextStep.retry(Math.max(wait, route.pause(position)));
    }

    private long random(long limit) {
        return ThreadLocalRandom.current().nextLong(limit + 1);
    }

    private long waitAfter(Ending.Worth worth, long life) {
        lasting = worth == Ending.Worth.NOTHING && roundIsLasting ? lasting + 1 : 0;
        roundIsLasting = true;
        if (worth != Ending.Worth.NOTHING) {
            failingSince = -1;
        } else if (failingSince < 0) {
            failingSince = scheduler.monotonicMillis();
        }
        switch (worth) {
            case GOOD:
                return backoff.good();
            case BROUGHT_RECORDS:
                return backoff.broughtRecords(life);
            default:
                return backoff.failed();
        }
    }

    /** For how many milliseconds attempts have brought no record. */
    long failingFor() {
        return failingSince < 0 ? 0 : scheduler.monotonicMillis() - failingSince;
    }

    /** How many attempts in a row have brought no record. */
    int failuresInARow() {
        return backoff.failuresInARow();
    }
}

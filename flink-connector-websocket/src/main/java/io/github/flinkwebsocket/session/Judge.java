package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.Feed;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.function.BiConsumer;

/**
 * Finds what a connection was worth. Its messages may still wait to be emitted, and hold a record
 * or not. A slow job must not keep the split from connecting, unless it needs the position anyway:
 * what waits for long is taken for records. Control thread.
 */
@Internal
final class Judge {

    /** A task that is not slow at all may take so many milliseconds to look at a message. */
    private static final long MIN_WAIT = 1000;

    private final Feed feed;
    private final Scheduler scheduler;
    private final SplitInbox inbox;
    private final SplitProgress progress;
    private final BiConsumer<Ending, Ending.Worth> verdict;

    @Nullable private Ending undecided;

    /**
     * @param verdict takes what each connection was worth, once; control thread
     */
    Judge(
            Feed feed,
            Scheduler scheduler,
            SplitInbox inbox,
            SplitProgress progress,
            BiConsumer<Ending, Ending.Worth> verdict) {
        this.feed = feed;
        this.scheduler = scheduler;
        this.inbox = inbox;
        this.progress = progress;
        this.verdict = verdict;
    }

    /** Gives the verdict, at once or later. */
    void judge(Ending ending) {
        if (ending.opened && ending.life >= feed.reconnect().stableAfter()) {
            verdict.accept(ending, Ending.Worth.GOOD);
        } else if (ending.receivedAny && !progress.hasRecordOf(ending.number)) {
            await(ending);
        } else {
            verdict.accept(ending, worth(ending));
        }
    }

    private void await(Ending ending) {
        undecided = ending;
        Scheduler.Timer limit =
                feed.usesPosition()
                        ? () -> {}
                        : scheduler.schedule(
                                Math.max(MIN_WAIT, feed.reconnect().initialBackoff()),
                                () -> decide(ending, Ending.Worth.BROUGHT_RECORDS));
        inbox.whenDrained(
                () ->
                        scheduler.execute(
                                () -> {
                                    limit.cancel();
                                    decide(ending, worth(ending));
                                }));
    }

    private void decide(Ending ending, Ending.Worth worth) {
        if (undecided == ending) {
            undecided = null;
            verdict.accept(ending, worth);
        }
    }

    private Ending.Worth worth(Ending ending) {
        return progress.hasRecordOf(ending.number)
                ? Ending.Worth.BROUGHT_RECORDS
                : Ending.Worth.NOTHING;
    }
}

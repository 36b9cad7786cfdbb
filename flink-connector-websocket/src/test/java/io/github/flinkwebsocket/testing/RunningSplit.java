package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.session.ConnectLimiter;
import io.github.flinkwebsocket.session.SplitPast;
import io.github.flinkwebsocket.session.SplitSessions;

import org.apache.flink.configuration.Configuration;

import javax.annotation.Nullable;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The sessions of one split on a clock set by hand; leaves nothing behind when closed. */
public final class RunningSplit implements AutoCloseable {

    private static final Arrival NO_MESSAGE =
            new Arrival(ConnectionInfo.of("feed", "split", 0, "", ""), 0);

    public final ManualScheduler scheduler = new ManualScheduler();
    public final RecordingInbox inbox = new RecordingInbox(scheduler::epochMillis);
    public final SplitSessions sessions;

    private RunningSplit(Feed feed, @Nullable String position) {
        if (position != null) {
            position(position);
        }
        this.sessions =
                new SplitSessions(
                        feed,
                        feed.endpoints().get(0),
                        scheduler,
                        new ConnectLimiter(feed.connectRate(), 1),
                        inbox,
                        inbox.progress());
    }

    /** Starts the only split of a feed, without a position. */
    public static RunningSplit of(Feed feed) {
        return startedAgo(0, feed, null);
    }

    public static RunningSplit to(ScriptedServer server) {
        return to(server, options -> {});
    }

    public static RunningSplit to(ScriptedServer server, Consumer<Configuration> options) {
        return of(Feeds.of(server.url("/"), options));
    }

    /** Starts the only split of a feed, whose inbox is full before the first message can come. */
    public static RunningSplit withoutRoom(ScriptedServer server, Consumer<Configuration> options) {
        RunningSplit split = new RunningSplit(Feeds.of(server.url("/"), options), null);
        split.inbox.fill();
        split.start(0);
        return split;
    }

    /** Starts a split that was first started so many milliseconds ago, and has emitted since. */
    public static RunningSplit startedAgo(long millis, Feed feed, @Nullable String position) {
        RunningSplit split = new RunningSplit(feed, position);
        split.start(millis);
        return split;
    }

    private void start(long millisAgo) {
        start(
                new SplitPast(
                        scheduler.epochMillis() - millisAgo,
                        millisAgo > 0,
                        millisAgo > 0,
                        SplitPast.NO_TIME));
    }

    private void start(SplitPast past) {
        sessions.start(past);
        scheduler.runDue();
    }

    /** Starts the only split of a feed with what a checkpoint knows. */
    public static RunningSplit after(SplitPast past, Feed feed) {
        RunningSplit split = new RunningSplit(feed, null);
        split.start(past);
        return split;
    }

    /** Moves the clock until the next attempt begins, and returns by how many milliseconds. */
    public long advanceToNext() {
        long began = scheduler.monotonicMillis();
        long connects = sessions.status().connects();
        while (sessions.status().connects() == connects && !inbox.isEnded()) {
            scheduler.advance(scheduler.untilNext());
        }
        return scheduler.monotonicMillis() - began;
    }

    /** The position of the last emitted message from now on. */
    public void position(String now) {
        // The last emitted message is not looked at by what asks for the position.
        inbox.progress().emitted(NO_MESSAGE, false, now);
    }

    /** Runs what is due until the condition holds; the clock stands still. */
    public void runUntil(String what, BooleanSupplier condition) {
        scheduler.runUntil(what, condition);
    }

    /** Runs until the connection is open, as the control thread knows it. */
    public void runUntilOpen() {
        runUntil("the connection is open", () -> state().equals("OPEN"));
    }

    /** Runs until a connection has ended and the next one is waited for. */
    public void runUntilWaiting() {
        runUntil("the connection has ended", () -> state().equals("WAITING"));
    }

    /** Runs until so many connections have been tried and the next one is waited for. */
    public void runUntilWaitingFor(long connects) {
        runUntil(
                connects + " connections have ended",
                () -> sessions.status().connects() == connects && state().equals("WAITING"));
    }

    /** Runs until the split needs no connection any more. */
    public void runUntilEnded() {
        runUntil("the inbox has ended", inbox::isEnded);
    }

    public String state() {
        return sessions.status().state().name();
    }

    public boolean isClosed() {
        try {
            return sessions.awaitClosed(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sessions.close();
        scheduler.runDue();
        sessions.abort();
        inbox.makeRoom();
        runUntil("the sessions have closed", this::isClosed);
        Threads.awaitNoneOfConnections();
    }
}

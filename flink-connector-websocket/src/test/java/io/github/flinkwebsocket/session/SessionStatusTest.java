package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.ManualScheduler;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RunningSplit;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the sessions of a split let the metrics know. */
class SessionStatusTest {

    private static ScriptedServer closing() {
        return ScriptedServer.start(peer -> peer.accept().sendText("a").close(4000, "bye"));
    }

    // ------------------------------------------------------------------ frames without data

    @Test
    void pingsPongsAndEmptyFragmentsAreCountedOverAllConnections() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept()
                                            .send(
                                                    Frame.ping("a"),
                                                    Frame.of(true, Frame.PONG, new byte[0]),
                                                    Frame.of(false, Frame.TEXT, new byte[0]),
                                                    Frame.of(
                                                            false, Frame.CONTINUATION, new byte[1]),
                                                    Frame.of(
                                                            true, Frame.CONTINUATION, new byte[0]));
                                    peer.close(1000, "");
                                });
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaitingFor(1);
            split.advanceToNext();
            split.runUntil("two connections", () -> split.inbox.texts().size() >= 2);
            assertThat(split.sessions.status().framesWithoutData()).isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void floodOfPingsEndsTheConnection() throws Exception {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 60_001; i++) {
            flood.writeBytes(Frame.ping("").encode());
        }
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().send(flood.toByteArray());
                                    peer.awaitEnd();
                                });
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaiting();
            assertThat(split.sessions.status().lastCloseCode()).isEqualTo(1008);
            assertThat(split.sessions.status().lastFailure())
                    .contains("more than 60000 pings, pongs and empty fragments within a minute");
            assertThat(split.sessions.status().framesWithoutData()).isEqualTo(60_001);
        }
    }

    // ------------------------------------------------------------------ gaps

    @Test
    void everyOutageOfALiveFeedIsAGapOnceThatItTriesAgain() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    if (peer.number() != 2) {
                                        peer.accept().close(4000, "");
                                    }
                                });
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaitingFor(1);
            assertThat(gaps(split)).isZero();
            tryAgain(split, 2);
            assertThat(gaps(split)).isEqualTo(1);
            // The second attempt failed: the same outage.
            tryAgain(split, 3);
            assertThat(gaps(split)).isEqualTo(1);
            tryAgain(split, 4);
            assertThat(gaps(split)).isEqualTo(2);
        }
    }

    @Test
    void attemptsBeforeTheFirstConnectionLeaveNoGap() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::drop);
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaitingFor(1);
            tryAgain(split, 2);
            assertThat(gaps(split)).isZero();
        }
    }

    @Test
    void aRestartOfALiveFeedIsAGap() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending()) {
            try (RunningSplit split =
                    RunningSplit.startedAgo(1000, Feeds.of(server.url("/")), null)) {
                assertThat(gaps(split)).isEqualTo(1);
            }
            try (RunningSplit split = RunningSplit.startedAgo(1000, replayed(server), "7")) {
                assertThat(gaps(split)).isZero();
            }
        }
    }

    @Test
    void anOutageWithAPositionIsNoGap() throws Exception {
        try (ScriptedServer server = closing();
                RunningSplit split = RunningSplit.of(replayed(server))) {
            split.position("7");
            split.runUntilWaitingFor(1);
            tryAgain(split, 2);
            assertThat(gaps(split)).isZero();
        }
    }

    @Test
    void anOutageIsAGapIfNoMessageHadThePositionThatTheFeedNeeds() throws Exception {
        try (ScriptedServer server = closing();
                RunningSplit split = RunningSplit.of(replayed(server))) {
            split.runUntilWaitingFor(1);
            tryAgain(split, 2);
            assertThat(gaps(split)).isEqualTo(1);
        }
    }

    @Test
    void anOutageBeforeTheFirstMessageIsNoGapIfTheFeedStartsAtItsBeginning() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(peer -> peer.accept().close(4000, "bye"));
                RunningSplit split = RunningSplit.of(replayed(server))) {
            split.runUntilWaitingFor(1);
            tryAgain(split, 2);
            assertThat(gaps(split)).isZero();
        }
    }

    private static Feed replayed(ScriptedServer server) {
        return Feeds.of(
                server.url("/?from=${position}"),
                o -> o.set(WebSocketOptions.INITIAL_URL, List.of(server.url("/?from=0"))));
    }

    private static void tryAgain(RunningSplit split, int attempt) {
        split.scheduler.advance(split.scheduler.untilNext());
        split.runUntilWaitingFor(attempt);
    }

    private static long gaps(RunningSplit split) {
        return split.sessions.status().gaps();
    }

    // ------------------------------------------------------------------ traffic, time, reasons

    @Test
    void countsMessagesAndTheirBytesOverAllConnections() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> peer.accept().sendText("abc").sendText("d").drop());
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaitingFor(1);
            tryAgain(split, 2);
            assertThat(split.sessions.status().messagesReceived()).isEqualTo(4);
            assertThat(split.sessions.status().bytesReceived()).isEqualTo(8);
        }
    }

    @Test
    void addsUpTheTimeWithoutAConnection() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    if (peer.number() == 1) {
                                        peer.drop();
                                    } else {
                                        peer.accept().read(8);
                                    }
                                });
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaitingFor(1);
            long wait = split.scheduler.untilNext();
            split.scheduler.advance(wait);
            split.runUntilOpen();
            assertThat(split.sessions.status().downtimeMillis()).isEqualTo(wait);
            split.scheduler.advance(5_000);
            assertThat(split.sessions.status().downtimeMillis()).isEqualTo(wait);
            server.close();
            split.runUntilWaitingFor(2);
            long next = split.scheduler.untilNext();
            split.scheduler.advance(next - 1);
            // From the last byte on, which the real clock tells.
            assertThat(split.sessions.status().downtimeMillis())
                    .isBetween(wait + next - 1, wait + next - 1 + 10_000);

            split.sessions.close();
            split.scheduler.advance(5_000);
            assertThat(split.sessions.status().downtimeMillis())
                    .isLessThanOrEqualTo(wait + next + 10_000);
        }
    }

    @Test
    void anOutageBeginsWithTheLastByteNotWhenItIsNoticed() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending();
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                o -> {
                                    o.set(WebSocketOptions.PING_INTERVAL, Duration.ZERO);
                                    o.set(WebSocketOptions.READ_TIMEOUT, Duration.ofMillis(50));
                                })) {
            split.runUntilOpen();
            split.runUntil(
                    "it is taken for dead",
                    () -> {
                        split.scheduler.advance(100);
                        return split.sessions.status().lastCloseCode() == 1006;
                    });
            assertThat(split.sessions.status().downtimeMillis()).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void anOutageThatARestartMakesBeginsWithWhatTheCheckpointKnows() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending()) {
            long now = new ManualScheduler().epochMillis();
            try (RunningSplit split =
                    RunningSplit.after(
                            new SplitPast(now - 90_000, true, true, now - 60_000),
                            Feeds.of(server.url("/")))) {
                split.runUntilOpen();
                assertThat(split.sessions.status().downtimeMillis()).isEqualTo(60_000);
                assertThat(split.sessions.lastRead()).isBetween(now - 10_000, now);
            }
        }
    }

    @Test
    void knowsWhetherItWasEverConnected() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::drop);
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaitingFor(1);
            assertThat(split.sessions.status().everLive()).isFalse();
            assertThat(split.sessions.lastRead()).isEqualTo(SplitPast.NO_TIME);
        }
        try (ScriptedServer server = ScriptedServer.sending();
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilOpen();
            assertThat(split.sessions.status().everLive()).isTrue();
        }
    }

    @Test
    void keepsTheReasonOfTheLastEndButNotAllThatTheServerSays() throws Exception {
        String answer = "HTTP/1.1 500 No\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(4000);
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    if (peer.number() == 1) {
                                        peer.accept().close(4000, "bye");
                                    } else {
                                        peer.send(answer.getBytes(StandardCharsets.US_ASCII));
                                    }
                                });
                RunningSplit split = RunningSplit.to(server)) {
            assertThat(split.sessions.status().lastFailure()).isEmpty();
            split.runUntilWaitingFor(1);
            assertThat(split.sessions.status().lastFailure())
                    .isEqualTo("the server closed it with code 4000: bye");
            tryAgain(split, 2);
            assertThat(split.sessions.status().lastFailure())
                    .startsWith("the server refused the upgrade with status 500 No: xxx")
                    .hasSize(200);
        }
    }
}

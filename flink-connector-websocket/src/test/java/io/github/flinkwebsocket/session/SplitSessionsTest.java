package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.Messages;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RunningSplit;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link SplitSessions} and its sessions: real connections, a clock set by hand. */
class SplitSessionsTest {

    private static final long MINUTE = 60_000;

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    // ------------------------------------------------------------------ reconnecting

    @Test
    void connectsAgainForEverWithinTheLongestWait() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::drop);
                RunningSplit split = RunningSplit.to(server)) {
            for (int attempt = 1; attempt <= 12; attempt++) {
                split.runUntilWaiting();
                assertThat(split.sessions.status().connects()).isEqualTo(attempt);
                assertThat(split.scheduler.untilNext())
                        .isBetween(0L, Math.min(MINUTE, 1_000L << (attempt - 1)));
                split.scheduler.advance(split.scheduler.untilNext());
            }
            assertThat(split.sessions.status().reconnects()).isZero();
            assertThat(split.inbox.isEnded()).isFalse();
        }
    }

    @Test
    void countsAttemptsAnewAfterAMessageOnly() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    if (peer.number() == 2) {
                                        peer.sendText("a");
                                    }
                                    peer.close(1011, "");
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server, o -> o.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 2))) {
            for (int i = 0; i < 3; i++) {
                split.runUntilWaiting();
                split.scheduler.advance(split.scheduler.untilNext());
            }
            split.runUntilEnded();
            assertThat(server.connections()).isEqualTo(4);
            assertThat(split.inbox.failure())
                    .hasMessageContaining("was the last of 2 in a row without a message")
                    .hasMessageContaining("code 1011");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void failsAtOnceWhenTheServerRefusesForGood(int status) throws Exception {
        try (ScriptedServer server = refusing(status, "");
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilEnded();
            assertThat(split.inbox.failure())
                    .hasMessageContaining("can't be mended by another attempt")
                    .hasMessageContaining("status " + status + " No: sorry")
                    .hasCauseInstanceOf(java.io.IOException.class);
            assertThat(split.isClosed()).isTrue();
            assertThat(split.state()).isEqualTo("CLOSED");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void waitsAsLongAsTheServerAsks(int status) throws Exception {
        try (ScriptedServer server = refusing(status, "Retry-After: 120\r\n");
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaiting();
            assertThat(split.scheduler.untilNext()).isEqualTo(120_000);
        }
    }

    @Test
    void waitsUntilTheDateTheServerNamesButOneHourAtMost() throws Exception {
        // The clock of the tests stands at Tue, 14 Nov 2023 22:13:20 GMT.
        assertThat(waitAfter("Tue, 14 Nov 2023 22:15:20 GMT")).isEqualTo(120_000);
        assertThat(waitAfter("Wed, 15 Nov 2023 22:15:20 GMT")).isEqualTo(60 * MINUTE);
        assertThat(waitAfter("99999")).isEqualTo(60 * MINUTE);
        assertThat(waitAfter("Tue, 14 Nov 2023 22:00:00 GMT")).isLessThanOrEqualTo(1_000);
        assertThat(waitAfter("soon")).isLessThanOrEqualTo(1_000);
    }

    private long waitAfter(String retryAfter) throws Exception {
        try (ScriptedServer server = refusing(503, "Retry-After: " + retryAfter + "\r\n");
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaiting();
            return split.scheduler.untilNext();
        }
    }

    private static ScriptedServer refusing(int status, String headers) {
        String answer =
                "HTTP/1.1 " + status + " No\r\n" + headers + "Content-Length: 5\r\n\r\nsorry";
        return ScriptedServer.start(
                peer -> peer.send(answer.getBytes(StandardCharsets.US_ASCII)).awaitEnd());
    }

    // ------------------------------------------------------------------ position

    @Test
    void sendsOpenMessagesInOrderOnEveryConnection() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    seen.add(peer.read().text() + peer.read().text());
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                o -> o.set(WebSocketOptions.OPEN_MESSAGES, List.of("a", "b")))) {
            assertThat(next()).isEqualTo("ab");
            split.runUntilWaiting();
            split.scheduler.advance(split.scheduler.untilNext());
            assertThat(next()).isEqualTo("ab");
        }
    }

    @Test
    void putsThePositionIntoUrlAndOpenMessagesOnceAllIsEmitted() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            seen.add(peer.path());
                            peer.accept();
                            seen.add(peer.read().text());
                        })) {
            Feed feed =
                    Feeds.of(
                            server.url("/?from=${position}"),
                            o -> {
                                o.set(
                                        WebSocketOptions.INITIAL_URL,
                                        List.of(server.url("/?latest")));
                                o.set(
                                        WebSocketOptions.OPEN_MESSAGES,
                                        List.of("{\"from\":\"${position}\"}"));
                                o.set(WebSocketOptions.INITIAL_OPEN_MESSAGES, List.of("{}"));
                            });
            try (RunningSplit split = RunningSplit.of(feed)) {
                assertThat(next()).isEqualTo("/?latest");
                assertThat(next()).isEqualTo("{}");
                split.inbox.holdBack();
                split.runUntilWaiting();
                split.scheduler.advance(split.scheduler.untilNext());
                assertThat(split.inbox.waitingForDrain()).isEqualTo(1);
                assertThat(server.connections()).isEqualTo(1);

                split.position("a&\"b");
                split.inbox.drain();
                split.scheduler.runDue();
                assertThat(next()).isEqualTo("/?from=a%26%22b");
                assertThat(next()).isEqualTo("{\"from\":\"a&\\\"b\"}");
            }
        }
    }

    private String next() throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }

    // ------------------------------------------------------------------ timers

    @Test
    void pingsAtTheInterval() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    while (true) {
                                        seen.add("" + peer.read().opcode());
                                    }
                                });
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilOpen();
            split.scheduler.advance(19_999);
            assertThat(seen).isEmpty();
            split.scheduler.advance(1);
            assertThat(next()).isEqualTo("" + Frame.PING);
            split.scheduler.advance(20_000);
            assertThat(next()).isEqualTo("" + Frame.PING);
        }
    }

    @Test
    void takesASilentLinkForDead() throws Exception {
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
                        split.scheduler.advance(1);
                        return split.sessions.status().lastCloseCode() == 1006;
                    });
        }
    }

    // ------------------------------------------------------------------ bounds

    @Test
    void endsAfterItsDurationWhichRestartsDoNotExtend() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending()) {
            Feed feed =
                    Feeds.of(
                            server.url("/"),
                            o -> o.set(WebSocketOptions.BOUNDED_DURATION, Duration.ofSeconds(10)));
            try (RunningSplit split = RunningSplit.startedAgo(4_000, feed, null)) {
                split.runUntilOpen();
                split.scheduler.advance(5_999);
                assertThat(split.inbox.isEnded()).isFalse();
                split.scheduler.advance(1);
                assertThat(split.inbox.isEnded()).isTrue();
                assertThat(split.inbox.failure()).isNull();
            }
        }
    }

    @Test
    void endsAfterIdleTimeButNotWhileAMessageWaitsForRoom() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(peer -> peer.accept().sendText("a").awaitEnd());
                RunningSplit split =
                        RunningSplit.withoutRoom(
                                server,
                                o ->
                                        o.set(
                                                WebSocketOptions.BOUNDED_IDLE_TIME,
                                                Duration.ofSeconds(5)))) {
            split.runUntil("a message waits for room", split.inbox::isBlocked);
            split.scheduler.advance(15_000);
            assertThat(split.inbox.isEnded()).isFalse();
            split.inbox.makeRoom();
            split.runUntil("it is put", () -> !split.inbox.texts().isEmpty());
            split.scheduler.advance(10_000);
            assertThat(split.inbox.isEnded()).isTrue();
            assertThat(split.inbox.failure()).isNull();
        }
    }

    @Test
    void endsWithTheCloseCodesThatMeanTheEnd() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer ->
                                        peer.accept()
                                                .sendText("a")
                                                .close(peer.number() == 1 ? 1011 : 4000, ""));
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                o ->
                                        o.set(
                                                WebSocketOptions.BOUNDED_CLOSE_CODES,
                                                List.of(1000, 4000)))) {
            split.runUntilWaiting();
            split.scheduler.advance(split.scheduler.untilNext());
            split.runUntilEnded();
            assertThat(split.inbox.failure()).isNull();
            assertThat(split.inbox.texts()).containsExactly("a", "a");
            assertThat(split.isClosed()).isTrue();
        }
    }

    // ------------------------------------------------------------------ close

    @Test
    void closesWhileItWaitsToReconnect() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::drop);
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilWaiting();
            split.sessions.close();
            split.scheduler.runDue();
            assertThat(split.isClosed()).isTrue();
            split.scheduler.advance(10 * MINUTE);
            assertThat(split.sessions.status().connects()).isEqualTo(1);
        }
    }

    @Test
    void closesAnOpenConnectionInOrderAndOnce() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    Frame close = peer.accept().read(Frame.CLOSE);
                                    seen.add("" + close.closeCode());
                                    peer.send(Frame.text("last"), close).awaitEnd();
                                });
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilOpen();
            split.sessions.close();
            split.sessions.close();
            split.runUntil("the sessions have closed", split::isClosed);
            assertThat(next()).isEqualTo("1001");
            assertThat(split.inbox.texts()).containsExactly("last");
        }
    }

    @Test
    void ignoresWhatASessionSaysThatIsNotThePresentOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending();
                RunningSplit split = RunningSplit.to(server)) {
            split.runUntilOpen();
            Feed feed = Feeds.of(server.url("/"));
            Session old =
                    new Session(
                            split.scheduler,
                            feed.connection(),
                            Messages.CONNECTION,
                            UpgradeRequest.to(feed.endpoints().get(0).uri(0, null)),
                            List.of(),
                            split.sessions);

            split.sessions.onMessages(old, Messages.batch("too late"));
            old.onEnd(null, null);
            split.scheduler.runDue();

            assertThat(split.inbox.texts()).isEmpty();
            assertThat(split.state()).isEqualTo("OPEN");
        }
    }
}

package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.RunningSplit;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps a server from taking us for an attacker, and a dead feed from being taken for alive.
 */
@Timeout(60)
class RatesTest {

    // ------------------------------------------------------------------ connects

    @Test
    void connectsToAHostAreSpread() {
        ConnectLimiter limiter = limiter(2, 1);
        assertThat(limiter.reserve("a", 0)).isZero();
        assertThat(limiter.reserve("a", 100)).isZero();
        assertThat(limiter.reserve("a", 100)).isEqualTo(900);
        assertThat(limiter.reserve("a", 100)).isEqualTo(1000);
        // Behind those that were promised places at 1000 and 1100.
        assertThat(limiter.reserve("a", 100)).isEqualTo(1900);
        assertThat(limiter.reserve("b", 100)).as("another host").isZero();
    }

    @Test
    void subtasksShareTheLimit() {
        ConnectLimiter limiter = limiter(6, 3);
        assertThat(limiter.reserve("a", 0)).isZero();
        assertThat(limiter.reserve("a", 0)).isZero();
        assertThat(limiter.reserve("a", 0)).isEqualTo(1000);
        assertThat(limiter(2, 8).reserve("a", 0)).as("at least one").isZero();
    }

    @Test
    void withoutALimitNobodyWaits() {
        ConnectLimiter limiter =
                new ConnectLimiter(Feeds.of("ws://feed.example/").connectRate(), 4);
        for (int i = 0; i < 1000; i++) {
            assertThat(limiter.reserve("a", 0)).isZero();
        }
    }

    private static ConnectLimiter limiter(int max, int subtasks) {
        return new ConnectLimiter(
                Feeds.of(
                                "ws://feed.example/",
                                options -> {
                                    options.set(WebSocketOptions.CONNECT_RATE_MAX, max);
                                    options.set(
                                            WebSocketOptions.CONNECT_RATE_INTERVAL,
                                            Duration.ofSeconds(1));
                                })
                        .connectRate(),
                subtasks);
    }

    @Test
    void reconnectWaitsForItsPlace() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("hello");
                                    peer.close(1000, "");
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                options -> {
                                    options.set(WebSocketOptions.CONNECT_RATE_MAX, 1);
                                    options.set(
                                            WebSocketOptions.CONNECT_RATE_INTERVAL,
                                            Duration.ofSeconds(50));
                                })) {
            split.runUntilWaiting();
            split.scheduler.advance(49_999);
            assertThat(server.connections()).isEqualTo(1);
            split.scheduler.advance(1);
            split.runUntil("the second came", () -> server.connections() == 2);
        }
    }

    // ------------------------------------------------------------------ sends

    @Test
    void openMessagesAreSentNoFasterThanTheRateAllows() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    while (received.size() < 5) {
                                        received.add(peer.read().text());
                                    }
                                    peer.awaitEnd();
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                options -> {
                                    options.set(
                                            WebSocketOptions.OPEN_MESSAGES,
                                            List.of("1", "2", "3", "4", "5"));
                                    options.set(WebSocketOptions.SEND_RATE_MAX, 2);
                                })) {
            split.runUntil("two were sent", () -> received.size() >= 2);
            split.runUntilOpen();
            split.scheduler.advance(999);
            assertThat(received).containsExactly("1", "2");
            split.scheduler.advance(1);
            split.runUntil("four were sent", () -> received.size() >= 4);
            assertThat(received).containsExactly("1", "2", "3", "4");
            split.scheduler.advance(1000);
            split.runUntil("all were sent", () -> received.size() >= 5);
        }
    }

    // ------------------------------------------------------------------ data-timeout

    @Test
    void connectionWithoutMessagesIsReplacedIfAsked() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("hello");
                                    peer.awaitEnd();
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                options -> {
                                    options.set(WebSocketOptions.READ_TIMEOUT, Duration.ZERO);
                                    options.set(
                                            WebSocketOptions.DATA_TIMEOUT, Duration.ofSeconds(5));
                                })) {
            split.runUntilOpen();
            split.runUntil("a message came", () -> split.inbox.texts().size() == 1);
            split.scheduler.advance(4_999);
            assertThat(split.state()).isEqualTo("OPEN");
            split.scheduler.advance(1);
            split.runUntilWaiting();
        }
    }

    @Test
    void messageThatWaitsForRoomIsNoSilence() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(peer -> peer.accept().sendText("hello").awaitEnd());
                RunningSplit split =
                        RunningSplit.withoutRoom(
                                server,
                                options ->
                                        options.set(
                                                WebSocketOptions.DATA_TIMEOUT,
                                                Duration.ofSeconds(5)))) {
            split.runUntilOpen();
            split.runUntil("the hand-over blocks", split.inbox::isBlocked);
            split.scheduler.advance(60_000);
            assertThat(split.state()).isEqualTo("OPEN");
            split.inbox.makeRoom();
            split.runUntil("a message came", () -> split.inbox.texts().size() == 1);
        }
    }
}

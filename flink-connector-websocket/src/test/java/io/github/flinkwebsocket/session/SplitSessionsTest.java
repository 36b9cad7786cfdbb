package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.credentials.CredentialProvider;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.Messages;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RunningSplit;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

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
                    .hasMessageContaining("was the last of 2 in a row without a record")
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
    @ValueSource(ints = {302, 418, 429, 500, 503})
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
        assertThat(waitAfter("Tuesday, 14-Nov-23 22:15:20 GMT")).isEqualTo(120_000);
        assertThat(waitAfter("Tue Nov 14 22:15:20 2023")).isEqualTo(120_000);
        assertThat(waitAfter("Wed, 15 Nov 2023 22:15:20 GMT")).isEqualTo(60 * MINUTE);
        assertThat(waitAfter("Tue, 14 Nov 2023 22:00:00 GMT")).isLessThanOrEqualTo(1_000);
        assertThat(waitAfter("soon")).isLessThanOrEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "999999999999", "99999999999999999999999999", "0099999"})
    void waitsOneHourAtMostHoweverManyDigitsTheServerNames(String seconds) throws Exception {
        assertThat(waitAfter(seconds)).isEqualTo(60 * MINUTE);
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

    // ------------------------------------------------------------------ worth

    @Test
    void aServerThatSaysSomethingButNoRecordIsCalledLessAndLessAndGivenUp() throws Exception {
        try (ScriptedServer server = greetingAndClosing(1000);
                RunningSplit split =
                        RunningSplit.to(
                                server, o -> o.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 8))) {
            split.inbox.recordsAre(text -> false);
            for (int attempt = 1; attempt < 8; attempt++) {
                split.runUntilWaitingFor(attempt);
                assertThat(split.advanceToNext())
                        .isBetween(0L, Math.min(MINUTE, 1_000L << (attempt - 1)));
            }
            split.runUntilEnded();
            assertThat(server.connections()).isEqualTo(8);
            assertThat(split.inbox.failure())
                    .hasMessageContaining("was the last of 8 in a row without a record");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 4000})
    void aServerThatBringsRecordsAndClosesIsCalledAtThePaceOfStableConnections(int code)
            throws Exception {
        try (ScriptedServer server = greetingAndClosing(code);
                RunningSplit split =
                        RunningSplit.to(
                                server, o -> o.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 2))) {
            split.runUntilWaitingFor(1);
            assertThat(split.advanceToNext()).isLessThanOrEqualTo(1_000);
            for (int connects = 2; connects <= 5; connects++) {
                split.runUntilWaitingFor(connects);
                assertThat(split.advanceToNext()).isEqualTo(10_000);
            }
        }
    }

    @Test
    void aFeedThatCutsJustBeforeItIsStableDoesNotSlowDown() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("a").awaitEnd();
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                o -> o.set(WebSocketOptions.DATA_TIMEOUT, Duration.ofSeconds(9)))) {
            for (int connects = 1; connects <= 5; connects++) {
                int came = connects;
                split.runUntilOpen();
                split.runUntil("it came", () -> split.inbox.texts().size() == came);
                split.scheduler.advance(9_000);
                split.runUntilWaitingFor(connects);
                assertThat(split.advanceToNext()).isLessThanOrEqualTo(1_000);
            }
        }
    }

    @Test
    void aGoodConnectionEarnsOneAttemptAtOnceWhateverEndedIt() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    if (peer.number() == 1) {
                                        peer.accept().read();
                                    }
                                    peer.drop();
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                o ->
                                        o.set(
                                                WebSocketOptions.PING_INTERVAL,
                                                Duration.ofSeconds(10)))) {
            split.runUntilOpen();
            // At the first ping the server ends the connection.
            split.scheduler.advance(10_000);
            split.runUntilWaitingFor(2);
            assertThat(split.scheduler.monotonicMillis()).isEqualTo(10_000);
        }
    }

    @Test
    void afterARestartOrAnOverloadOfTheServerAttemptsAreSpread() throws Exception {
        long[] longest = new long[2];
        for (int i = 0; i < 20; i++) {
            longest[0] = Math.max(longest[0], waitAfterGood(1012));
            longest[1] = Math.max(longest[1], waitAfterGood(1013));
        }
        // Of 20 draws all are below a tenth of the limit once in 10^20 times.
        assertThat(longest[0]).isBetween(500L, 5_000L);
        assertThat(longest[1]).isBetween(3_000L, 30_000L);
    }

    private long waitAfterGood(int code) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().read();
                                    peer.close(code, "");
                                });
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                o ->
                                        o.set(
                                                WebSocketOptions.PING_INTERVAL,
                                                Duration.ofSeconds(10)))) {
            split.runUntilOpen();
            split.scheduler.advance(10_000);
            split.runUntil("it has ended", () -> split.sessions.status().lastCloseCode() == code);
            return split.state().equals("WAITING") ? split.scheduler.untilNext() : 0;
        }
    }

    @Test
    void whatWaitsToBeEmittedIsLookedAtBeforeTheWaitIsChosen() throws Exception {
        try (ScriptedServer server = greetingAndClosing(1000);
                RunningSplit split = RunningSplit.to(server)) {
            split.inbox.recordsAre(text -> false);
            split.runUntilWaitingFor(1);
            split.advanceToNext();
            split.inbox.holdBack();
            split.runUntilWaitingFor(2);
            split.inbox.drain();
            assertThat(split.advanceToNext()).isLessThanOrEqualTo(2_000);
        }
    }

    @Test
    void aSlowJobDoesNotKeepTheSplitFromConnecting() throws Exception {
        try (ScriptedServer server = greetingAndClosing(1000);
                RunningSplit split = RunningSplit.to(server)) {
            split.inbox.holdBack();
            split.runUntilWaitingFor(1);
            split.scheduler.advance(1_000);
            split.runUntilWaitingFor(2);
            split.scheduler.advance(10_000);
            split.runUntilWaitingFor(3);
        }
    }

    private static ScriptedServer greetingAndClosing(int code) {
        return ScriptedServer.start(peer -> peer.accept().sendText("a").close(code, ""));
    }

    // ------------------------------------------------------------------ faults that last

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 402, 418, 451})
    void givesUpASplitThatWasNeverConnectedIfTryingAgainDoesNotMendIt(int status) throws Exception {
        try (ScriptedServer server = refusing(status, "");
                RunningSplit split = RunningSplit.to(server)) {
            advanceUntilEnded(split);
            assertThat(server.connections()).isEqualTo(10);
            assertThat(split.inbox.failure())
                    .hasMessageContaining(
                            "was the last of 10 in a row that trying again does not mend")
                    .hasMessageContaining("status " + status);
        }
    }

    @Test
    void givesUpAnUnknownHostAndAMissingFile() throws Exception {
        try (RunningSplit split = RunningSplit.of(Feeds.of("ws://no-such-host.invalid/"))) {
            advanceUntilEnded(split);
            assertThat(split.sessions.status().connects()).isEqualTo(10);
            assertThat(split.inbox.failure()).hasMessageContaining("no-such-host.invalid");
        }
        try (ScriptedServer server = ScriptedServer.sending();
                RunningSplit split =
                        RunningSplit.of(
                                Feeds.of(
                                        server.url("/").replace("ws:", "wss:"),
                                        o ->
                                                o.set(
                                                        WebSocketOptions.TLS_CA_FILE,
                                                        "/no/such.pem")))) {
            advanceUntilEnded(split);
            assertThat(split.sessions.status().connects()).isEqualTo(10);
            assertThat(split.inbox.failure()).hasMessageContaining("'/no/such.pem'");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void triesForEverWhatPasses(int status) throws Exception {
        try (ScriptedServer server = refusing(status, "");
                RunningSplit split = RunningSplit.to(server)) {
            for (int connects = 1; connects <= 12; connects++) {
                split.runUntilWaitingFor(connects);
                split.advanceToNext();
            }
            assertThat(split.inbox.isEnded()).isFalse();
        }
    }

    @Test
    void aSplitThatWasOnceConnectedIsNotGivenUp() throws Exception {
        try (ScriptedServer server = refusing(402, "");
                RunningSplit split =
                        RunningSplit.after(
                                new SplitPast(0, true, true, SplitPast.NO_TIME),
                                Feeds.of(server.url("/")))) {
            for (int connects = 1; connects <= 12; connects++) {
                split.runUntilWaitingFor(connects);
                split.advanceToNext();
            }
            assertThat(split.inbox.isEnded()).isFalse();
        }
    }

    @Test
    void maxAttemptsTakesTheTenthsPlace() throws Exception {
        try (ScriptedServer server = refusing(402, "");
                RunningSplit split =
                        RunningSplit.to(
                                server, o -> o.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 12))) {
            advanceUntilEnded(split);
            assertThat(server.connections()).isEqualTo(12);
        }
    }

    private static void advanceUntilEnded(RunningSplit split) {
        split.runUntil(
                "the split has been given up",
                () -> {
                    if (split.state().equals("WAITING")) {
                        split.advanceToNext();
                    }
                    return split.inbox.isEnded();
                });
    }

    // ------------------------------------------------------------------ faults of the program

    @Test
    void anErrorOfACredentialProviderFailsTheJobWithItsClassAndTheSplitsName() throws Exception {
        assertFailsWith(
                refresh -> {
                    throw new NoClassDefFoundError("com/vault/Client");
                },
                "java.lang.NoClassDefFoundError: com/vault/Client");
    }

    @Test
    void whatACredentialProviderMayNotThrowFailsTheJob() throws Exception {
        assertFailsWith(
                refresh -> {
                    throw new IllegalStateException("no vault");
                },
                "the credential provider threw java.lang.IllegalStateException: no vault");
        assertFailsWith(refresh -> null, "java.lang.NullPointerException");
    }

    private static void assertFailsWith(CredentialProvider provider, String words)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.sending()) {
            Configuration options = new Configuration();
            options.set(WebSocketOptions.URL, List.of(server.url("/")));
            Feed feed = Feed.of(options, provider);
            try (RunningSplit split = RunningSplit.of(feed)) {
                split.runUntilEnded();
                assertThat(split.inbox.failure())
                        .hasMessageContaining("plit '" + feed.endpoints().get(0).id() + "'")
                        .hasMessageContaining(words);
                assertThat(split.inbox.failure().getCause()).isNotNull();
                assertThat(server.connections()).isZero();
            }
        }
    }

    // ------------------------------------------------------------------ silence

    @Test
    void messagesWithoutARecordDoNotHoldADeadSubscription() throws Exception {
        try (ScriptedServer server = heartbeats();
                RunningSplit split = beating(server, WebSocketOptions.DATA_TIMEOUT)) {
            beat(split, 1);
            beat(split, 2);
            split.runUntilWaiting();
            assertThat(split.scheduler.monotonicMillis()).isEqualTo(5_000);
            assertThat(split.sessions.status().lastFailure())
                    .isEqualTo("no record has been read for 5000 ms; 'data-timeout' is 5000 ms");
        }
    }

    @Test
    void messagesWithoutARecordDoNotHoldAnIdleSplit() throws Exception {
        try (ScriptedServer server = heartbeats();
                RunningSplit split = beating(server, WebSocketOptions.BOUNDED_IDLE_TIME)) {
            beat(split, 1);
            beat(split, 2);
            assertThat(split.inbox.isEnded()).isTrue();
        }
    }

    @Test
    void theClockOfSilenceStandsStillWhileMessagesWaitToBeEmitted() throws Exception {
        try (ScriptedServer server = heartbeats();
                RunningSplit split = beating(server, WebSocketOptions.DATA_TIMEOUT)) {
            split.inbox.holdBack();
            beat(split, 1);
            split.scheduler.advance(60_000);
            assertThat(split.state()).isEqualTo("OPEN");
            split.inbox.recordsAre(text -> true);
            split.inbox.drain();
            split.inbox.recordsAre(text -> false);
            split.scheduler.advance(4_000);
            assertThat(split.state()).isEqualTo("OPEN");
            split.scheduler.advance(6_000);
            // It was good, so the next one follows at once.
            split.runUntil("it is replaced", () -> split.sessions.status().connects() == 2);
        }
    }

    /** A server that sends a message at each ping. */
    private static ScriptedServer heartbeats() {
        return ScriptedServer.start(
                peer -> {
                    peer.accept();
                    while (true) {
                        peer.read();
                        peer.sendText("beat");
                    }
                });
    }

    private static RunningSplit beating(ScriptedServer server, ConfigOption<Duration> option) {
        RunningSplit split =
                RunningSplit.to(
                        server,
                        o -> {
                            o.set(WebSocketOptions.PING_INTERVAL, Duration.ofMillis(2_500));
                            o.set(option, Duration.ofSeconds(5));
                        });
        split.inbox.recordsAre(text -> false);
        split.runUntilOpen();
        return split;
    }

    private static void beat(RunningSplit split, int count) {
        split.scheduler.advance(2_500);
        if (!split.inbox.isEnded() && split.state().equals("OPEN")) {
            split.runUntil(
                    "the beat has come",
                    () ->
                            split.sessions.status().messagesReceived() >= count
                                    || !split.state().equals("OPEN")
                                    || split.inbox.isEnded());
        }
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
                            null,
                            split.sessions);

            split.sessions.onMessages(old, Messages.batch("too late"));
            old.onEnd(null, null);
            split.scheduler.runDue();

            assertThat(split.inbox.texts()).isEmpty();
            assertThat(split.state()).isEqualTo("OPEN");
        }
    }
}

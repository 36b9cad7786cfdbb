package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.credentials.CredentialProvider;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.LogCapture;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RunningSplit;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where attempts go, seen by the servers. The clock stands still unless a test moves it, so what
 * happens here happens without a wait.
 */
@Timeout(60)
class RouteTest {

    private final Configuration options = new Configuration();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    // ------------------------------------------------------------------ failover

    @Test
    void urlsAreTriedInTurnWithoutAWait() throws Exception {
        try (ScriptedServer bad = answering("503 Busy", "");
                ScriptedServer good = greeting();
                RunningSplit split =
                        run(bad.url("/a") + "|" + bad.url("/b") + "|" + good.url("/c"))) {
            split.runUntil("a message came", () -> !split.inbox.texts().isEmpty());
            assertThat(seen).containsExactly("/a", "/b", "/c");
        }
    }

    @Test
    void roundEndsWithAWaitAndTheNextBeginsWithTheFirstUrl() throws Exception {
        try (ScriptedServer bad = answering("503 Busy", "");
                RunningSplit split = run(bad.url("/a") + "|" + bad.url("/b"))) {
            split.runUntilWaitingFor(2);
            assertThat(seen).containsExactly("/a", "/b");
            split.scheduler.advance(2_000);
            split.runUntilWaitingFor(4);
            assertThat(seen).containsExactly("/a", "/b", "/a", "/b");
        }
    }

    @Test
    void fatalAnswerOfOneUrlLeavesTheOthers() throws Exception {
        try (ScriptedServer gone = answering("404 Not Found", "");
                ScriptedServer good = greeting();
                RunningSplit split = run(gone.url("/a") + "|" + good.url("/b"))) {
            split.runUntil("a message came", () -> !split.inbox.texts().isEmpty());
            assertThat(seen).containsExactly("/a", "/b");
        }
    }

    @Test
    void lettersBeyondAsciiArriveEncoded() throws Exception {
        try (ScriptedServer server = greeting();
                RunningSplit split = run(server.url("/börse?name=größe"))) {
            split.runUntilOpen();
            assertThat(seen).containsExactly("/b%C3%B6rse?name=gr%C3%B6%C3%9Fe");
        }
    }

    // ------------------------------------------------------------------ redirects

    @Test
    void redirectIsFollowedOnlyWhenAsked() throws Exception {
        try (ScriptedServer to = greeting();
                ScriptedServer from = redirecting(to.url("/there").replace("ws:", "http:"));
                RunningSplit split = run(from.url("/here"))) {
            split.runUntilWaiting();
            assertThat(seen).containsExactly("/here");
        }
        seen.clear();
        options.set(WebSocketOptions.MAX_REDIRECTS, 1);
        try (ScriptedServer to = greeting();
                ScriptedServer from = redirecting(to.url("/there").replace("ws:", "http:"));
                RunningSplit split = run(from.url("/here"))) {
            split.runUntil("a message came", () -> !split.inbox.texts().isEmpty());
            assertThat(seen).containsExactly("/here", "/there");
        }
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 3);
        try (ScriptedServer circle = redirecting("/again");
                RunningSplit split = run(circle.url("/here"))) {
            split.runUntilWaitingFor(4);
            assertThat(seen).containsExactly("/here", "/again", "/again", "/again");
        }
    }

    @Test
    void redirectToAnotherHostTakesNoSecretsAlong() throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 1);
        options.set(WebSocketOptions.AUTH_TOKEN, "s3cret");
        options.set(
                WebSocketOptions.HTTP_HEADERS,
                Map.of("Cookie", "s3cret", "X-API-Key", "s3cret", "Origin", "https://me.example"));
        List<String> requests = new CopyOnWriteArrayList<>();
        try (ScriptedServer other = recording(requests);
                ScriptedServer from = redirecting(other.url("/other"));
                RunningSplit split = run(from.url("/here"))) {
            split.runUntil("the other host was asked", () -> !requests.isEmpty());
            assertThat(requests.get(0))
                    .contains("Origin: https://me.example")
                    .doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open-messages={\"op\":\"auth\",\"key\":\"K\"}",
                "open-messages=AUTH s3cret",
                "subprotocols=v1;token.S"
            })
    void redirectToAnotherServerIsNotFollowedIfItWouldGetCredentials(String option)
            throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 5);
        options.setString(option.split("=", 2)[0], option.split("=", 2)[1]);
        List<String> requests = new CopyOnWriteArrayList<>();
        try (LogCapture log = new LogCapture();
                ScriptedServer other = recording(requests);
                ScriptedServer from = redirecting(other.url("/other"));
                RunningSplit split = run(from.url("/here"))) {
            split.runUntilWaitingFor(1);
            assertThat(requests).isEmpty();
            assertThat(log.lines().toString())
                    .contains("is redirected to another server, 127.0.0.1, but does not go there");
        }
    }

    @Test
    void redirectToAnotherServerIsFollowedWithWhatIsNoSecret() throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 1);
        options.set(
                WebSocketOptions.OPEN_MESSAGES,
                List.of("{\"op\":\"subscribe\",\"args\":[\"trades\"]}"));
        options.set(WebSocketOptions.SUBPROTOCOLS, List.of("v1", "graphql-ws"));
        List<String> messages = new CopyOnWriteArrayList<>();
        try (ScriptedServer other =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept("Sec-WebSocket-Protocol: v1");
                                    messages.add(peer.read().text());
                                    peer.awaitEnd();
                                });
                ScriptedServer from = redirecting(other.url("/other"));
                RunningSplit split = run(from.url("/here"))) {
            split.runUntil("the other server has it", () -> !messages.isEmpty());
            assertThat(messages).containsExactly("{\"op\":\"subscribe\",\"args\":[\"trades\"]}");
        }
    }

    @Test
    void whereARedirectLeadsIsShownWithoutWhatTheServerWasSent() throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 1);
        options.set(WebSocketOptions.AUTH_TOKEN, "s3cret");
        try (LogCapture log = new LogCapture();
                ScriptedServer other = greeting();
                ScriptedServer from = redirecting(other.url("/login/s3cret/x?s3cret"));
                RunningSplit split = run(from.url("/here"))) {
            split.runUntilOpen();
            assertThat(log.lines().toString())
                    .contains("connection 2 to " + other.url("/login/***/x?***") + " is open")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void redirectOnTheSameServerKeepsTheCredentials() throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 1);
        options.set(WebSocketOptions.AUTH_TOKEN, "s3cret");
        List<String> tokens = new CopyOnWriteArrayList<>();
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    tokens.add(peer.header("Authorization"));
                                    if (peer.path().equals("/here")) {
                                        answer(peer, "307 Moved", "Location: /there\r\n");
                                    } else {
                                        peer.accept().sendText("hello").awaitEnd();
                                    }
                                });
                RunningSplit split = run(server.url("/here"))) {
            split.runUntil("a message came", () -> !split.inbox.texts().isEmpty());
            assertThat(tokens).containsExactly("Bearer s3cret", "Bearer s3cret");
        }
    }

    @Test
    void redirectToTheSameServerByItsFullUrlKeepsTheUserInfo() throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 2);
        List<String> requests = new CopyOnWriteArrayList<>();
        try (ScriptedServer other = recording(requests);
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    requests.add(peer.path() + " " + peer.header("Authorization"));
                                    boolean first = peer.path().equals("/start");
                                    String host = "127.0.0.1:" + peer.socket().getLocalPort();
                                    String to = first ? "http://" + host + "/x" : other.url("/y");
                                    answer(peer, "302 Found", "Location: " + to + "\r\n");
                                });
                RunningSplit split = run(server.url("/start").replace("//", "//u:pw12345@"))) {
            split.runUntil("the other server was asked", () -> requests.size() >= 3);
            assertThat(requests.subList(0, 2))
                    .containsExactly("/start Basic dTpwdzEyMzQ1", "/x Basic dTpwdzEyMzQ1");
            assertThat(requests.get(2)).startsWith("GET /y ").doesNotContain("Authorization");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wss://u:p@feed.example/a, wss://feed.example:443/b, wss://u:p@feed.example:443/b",
        "ws://u:p@feed.example:80/a, ws://FEED.example/b, ws://u:p@FEED.example/b",
        "ws://u:p@feed.example/a, ws://x:y@feed.example/b, ws://x:y@feed.example/b",
        "ws://u:p@feed.example/a, wss://feed.example/b, wss://feed.example/b",
        "ws://u:p@feed.example/a, ws://feed.example:81/b, ws://feed.example:81/b",
        "ws://u:p@feed.example/a, ws://other.example/b, ws://other.example/b",
        "ws://u:p%40%24@feed.example/a, ws://feed.example/b, ws://u:p%40%24@feed.example/b"
    })
    void userInfoGoesToTheSameServerOnly(URI from, URI location, String to) {
        assertThat(UpgradeRequest.to(from).redirectedTo(location, words -> words).uri())
                .hasToString(to);
    }

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                "?y=2, ws://feed.example/a/b?y=2",
                "'', ws://feed.example/a/b?x=1",
                "#f, ws://feed.example/a/b?x=1",
                "../../../t, ws://feed.example/t",
                "./t, ws://feed.example/a/t",
                "/t#f, ws://feed.example/t",
                "t, ws://feed.example/a/t",
                "t?, ws://feed.example/a/t?",
                "., ws://feed.example/a/",
                "./, ws://feed.example/a/",
                ".., ws://feed.example/",
                "../t/./../u/, ws://feed.example/u/",
                "/a/../../b/., ws://feed.example/b/",
                "//other.example, ws://other.example",
                "//other.example/../x/..?q#f, ws://other.example/?q",
                "http://other.example/a/./b/../c, ws://other.example/a/c",
                "t;p=1/../u, ws://feed.example/a/u",
                ".t, ws://feed.example/a/.t",
                "..t?a/../b, ws://feed.example/a/..t?a/../b",
                "a b, ws://feed.example/a/a%20b",
                "%C3%A4, ws://feed.example/a/%C3%A4",
                "\u00C3\u00A4, ws://feed.example/a/%C3%A4",
                "?a={b|c}, ws://feed.example/a/b?a=%7Bb%7Cc%7D"
            })
    void referencesAreResolvedByTheirStandard(String location, String to) {
        assertThat(Route.target(URI.create("ws://feed.example/a/b?x=1"), location)).hasToString(to);
    }

    @Test
    void referencesAreResolvedAgainstAUrlWithoutAPath() {
        URI base = URI.create("ws://u:p@feed.example?x");
        assertThat(Route.target(base, "t")).hasToString("ws://u:p@feed.example/t");
        assertThat(Route.target(base, "../t?y")).hasToString("ws://u:p@feed.example/t?y");
        assertThat(Route.target(base, "?y")).hasToString("ws://u:p@feed.example?y");
        assertThat(Route.target(base, "//feed.example/t")).hasToString("ws://feed.example/t");
    }

    @Test
    void redirectFromTlsToPlainTextIsNeverFollowed() {
        Feed feed = feed("wss://feed.example/");
        assertThat(Route.target(URI.create("wss://feed.example/a"), "http://feed.example/b"))
                .isNull();
        assertThat(Route.target(URI.create("wss://feed.example/a"), "ws://feed.example/b"))
                .isNull();
        assertThat(Route.target(URI.create("wss://feed.example/a"), "https://x.example/b#c"))
                .hasToString("wss://x.example/b");
        assertThat(Route.target(URI.create("ws://feed.example/a"), "https://x.example/b"))
                .hasToString("wss://x.example/b");
        assertThat(Route.target(URI.create("wss://feed.example/a"), "HTTPS://x.example/b"))
                .hasToString("wss://x.example/b");
        assertThat(Route.target(URI.create("wss://feed.example/a"), "HTTP://x.example/b")).isNull();
        assertThat(Route.target(URI.create("wss://feed.example/a/b"), "c?d=e"))
                .hasToString("wss://feed.example/a/c?d=e");
        assertThat(Route.target(URI.create("wss://feed.example/a"), "ftp://x.example/")).isNull();
        assertThat(Route.target(URI.create("wss://feed.example/a"), "http://[no URL")).isNull();
        assertThat(Route.target(URI.create("wss://feed.example/a"), null)).isNull();
        assertThat(feed.endpoints()).hasSize(1);
    }

    // ------------------------------------------------------------------ credentials

    @Test
    void refusedCredentialsAreRefreshedOnceThenTheJobFails() throws Exception {
        List<Boolean> asked = new CopyOnWriteArrayList<>();
        CredentialProvider provider =
                refresh -> {
                    asked.add(refresh);
                    return Map.of("Authorization", "Bearer " + asked.size());
                };
        try (ScriptedServer server = answering("401 Unauthorized", "");
                RunningSplit split = run(server.url("/"), provider)) {
            split.runUntilEnded();
            assertThat(asked).containsExactly(false, true);
            assertThat(split.inbox.failure()).hasMessageContaining("status 401 Unauthorized");
        }
    }

    @Test
    void refreshedCredentialsThatAreAcceptedMayBeRefreshedAgainLater() throws Exception {
        List<Boolean> asked = new CopyOnWriteArrayList<>();
        CredentialProvider provider =
                refresh -> {
                    asked.add(refresh);
                    return Map.of();
                };
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    if (peer.number() % 2 == 1) {
                                        answer(peer, "403 Forbidden", "");
                                    } else {
                                        peer.accept().sendText("hello");
                                        peer.close(1000, "");
                                    }
                                });
                RunningSplit split = run(server.url("/"), provider)) {
            split.runUntilWaitingFor(2);
            split.scheduler.advance(1_000);
            split.runUntil("two messages came", () -> split.inbox.texts().size() >= 2);
            assertThat(List.copyOf(asked).subList(0, 4)).containsExactly(false, true, false, true);
        }
    }

    @Test
    void withoutCredentialsARefusalIsFatalAtOnce() throws Exception {
        try (ScriptedServer server = answering("403 Forbidden", "");
                RunningSplit split = run(server.url("/"))) {
            split.runUntilEnded();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void credentialsThatCannotBeHadAreAFailedAttempt() throws Exception {
        CredentialProvider provider =
                refresh -> {
                    throw new IOException("the vault is closed");
                };
        options.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 1);
        try (ScriptedServer server = greeting();
                RunningSplit split = run(server.url("/"), provider)) {
            split.runUntilEnded();
            assertThat(split.inbox.failure()).hasMessageContaining("the vault is closed");
            assertThat(server.connections()).isZero();
        }
    }

    // ------------------------------------------------------------------ codes

    @Test
    void listOfFatalStatusesIsTheUsers() throws Exception {
        options.set(WebSocketOptions.RETRY_FATAL_STATUSES, List.of(503));
        try (ScriptedServer server = answering("503 Busy", "");
                RunningSplit split = run(server.url("/"))) {
            split.runUntilEnded();
            assertThat(split.inbox.failure()).hasMessageContaining("status 503 Busy");
        }
        try (ScriptedServer server = answering("404 Not Found", "");
                RunningSplit split = run(server.url("/"))) {
            split.runUntilWaiting();
        }
    }

    @Test
    void fatalCloseCodeFailsTheJob() throws Exception {
        options.set(WebSocketOptions.RETRY_FATAL_CLOSE_CODES, List.of(4401));
        try (ScriptedServer server = closing(4401, "bad key", Frame.text("a"));
                RunningSplit split = run(server.url("/"))) {
            split.runUntilEnded();
            assertThat(split.inbox.texts()).containsExactly("a");
            assertThat(split.inbox.failure()).hasMessageContaining("code 4401: bad key");
        }
    }

    // ------------------------------------------------------------------ Retry-After

    @Test
    void retryAfterBindsTheHostThatSaidIt() throws Exception {
        try (ScriptedServer busy = answering("503 Busy", "Retry-After: 600\r\n");
                ScriptedServer bad = answering("503 Busy", "");
                RunningSplit split =
                        run(
                                busy.url("/a").replace("127.0.0.1", "localhost")
                                        + "|"
                                        + bad.url("/b"))) {
            split.runUntilWaitingFor(2);
            assertThat(seen).containsExactly("/a", "/b");
            for (int connects = 3; connects <= 5; connects++) {
                assertThat(split.advanceToNext()).isLessThan(60_001);
                split.runUntilWaitingFor(connects);
            }
            assertThat(seen).containsExactly("/a", "/b", "/b", "/b", "/b");
        }
    }

    @Test
    void urlsOfAHostThatAsksToWaitAreLeftAloneTogether() throws Exception {
        try (ScriptedServer busy = answering("429 Busy", "Retry-After: 600\r\n");
                RunningSplit split = run(busy.url("/a") + "|" + busy.url("/b"))) {
            split.runUntilWaitingFor(1);
            assertThat(seen).containsExactly("/a");
            assertThat(split.scheduler.untilNext()).isEqualTo(600_000);
        }
    }

    // ------------------------------------------------------------------ storms

    @Test
    void redirectsThatAreFollowedAreNoFailedAttempts() throws Exception {
        options.set(WebSocketOptions.MAX_REDIRECTS, 3);
        options.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 2);
        try (ScriptedServer circle = redirecting("/again");
                RunningSplit split = run(circle.url("/here"))) {
            split.runUntilWaitingFor(4);
            split.advanceToNext();
            split.runUntilEnded();
            assertThat(circle.connections()).isEqualTo(8);
            assertThat(split.inbox.failure()).hasMessageContaining("was the last of 2 in a row");
        }
    }

    @Test
    void aConnectionThatSaysSomethingAndEndsTriesTheNextUrl() throws Exception {
        try (ScriptedServer bad = closing(4000, "", Frame.text("limit exceeded"));
                ScriptedServer good = greeting();
                RunningSplit split = quiet(bad.url("/") + "|" + good.url("/c"))) {
            split.runUntil("the second has opened", () -> seen.contains("/c"));
        }
    }

    @Test
    void roundsOfUrlsThatSaySomethingAndEndGetSlower() throws Exception {
        try (ScriptedServer bad = closing(1000, "", Frame.text("limit exceeded"));
                RunningSplit split = quiet(bad.url("/a") + "|" + bad.url("/b"))) {
            split.scheduler.advance(0);
            for (int connects = 2; connects <= 20; connects += 2) {
                split.runUntilWaitingFor(connects);
                split.advanceToNext();
            }
            assertThat(split.scheduler.monotonicMillis()).isGreaterThan(30_000);
        }
    }

    /** A split whose messages hold no records. */
    private RunningSplit quiet(String url) {
        RunningSplit split = run(url);
        split.inbox.recordsAre(text -> false);
        return split;
    }

    // ------------------------------------------------------------------ tools

    private Feed feed(String url) {
        options.set(WebSocketOptions.URL, List.of(url));
        return Feed.of(options);
    }

    private RunningSplit run(String url) {
        return RunningSplit.of(feed(url));
    }

    private RunningSplit run(String url, CredentialProvider provider) {
        options.set(WebSocketOptions.URL, List.of(url));
        return RunningSplit.of(Feed.of(options, provider));
    }

    private ScriptedServer answering(String status, String headers) {
        return ScriptedServer.start(
                peer -> {
                    seen.add(peer.path());
                    answer(peer, status, headers);
                });
    }

    private ScriptedServer redirecting(String location) {
        return answering("302 Found", "Location: " + location + "\r\n");
    }

    private ScriptedServer greeting() {
        return ScriptedServer.start(
                peer -> {
                    seen.add(peer.path());
                    peer.accept().sendText("hello").awaitEnd();
                });
    }

    private static ScriptedServer recording(List<String> requests) {
        return ScriptedServer.start(
                peer -> {
                    requests.add(peer.request());
                    peer.accept().awaitEnd();
                });
    }

    private static ScriptedServer closing(int code, String reason, Frame... frames) {
        return ScriptedServer.start(
                peer -> {
                    peer.accept().send(frames);
                    peer.close(code, reason);
                });
    }

    private static void answer(Peer peer, String status, String headers) throws IOException {
        peer.send(
                ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}

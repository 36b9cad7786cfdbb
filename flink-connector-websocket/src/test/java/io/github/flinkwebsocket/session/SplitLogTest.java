package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.LogCapture;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RunningSplit;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator reads: one line at INFO for each change of a connection, and no more. */
class SplitLogTest {

    private static final String FIRST = "INFO Split '%s' of feed 'market': connection 1 to %s ";
    private static final String SECOND = "INFO Split '%s' of feed 'market': connection 2 to %s ";

    @Test
    void tellsOfAConnectionThatEndsAndOfTheNextOne() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("a").sendText("b");
                                    if (peer.number() == 1) {
                                        peer.close(4001, "too slow");
                                    }
                                    peer.awaitEnd();
                                });
                RunningSplit split = market(server)) {
            split.runUntilWaiting();
            long wait = split.scheduler.untilNext();
            split.scheduler.advance(wait);
            split.runUntilOpen();
            split.runUntil("all have arrived", () -> split.inbox.texts().size() == 4);

            assertThat(lines(log))
                    .containsExactly(
                            line(FIRST, server, "is open."),
                            line(FIRST, server, "has ended: the server closed it with code 4001:")
                                    + " too slow. Attempt 2 in "
                                    + wait
                                    + " ms.",
                            line(SECOND, server, "is open."));
        }
    }

    @Test
    void tellsOfARefusal() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server = refusing(503, "Retry-After: 120\r\n");
                RunningSplit split = market(server)) {
            split.runUntilWaiting();

            assertThat(lines(log))
                    .containsExactly(
                            line(FIRST, server, "has ended: the server refused the upgrade with")
                                    + " status 503 No, Retry-After: 120: sorry."
                                    + " Attempt 2 in 120000 ms.");
        }
    }

    @Test
    void tellsOfAFailureInTheWordsOfTheJobsFailure() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server = refusing(403, "");
                RunningSplit split = market(server)) {
            split.runUntilEnded();

            assertThat(lines(log))
                    .containsExactly(
                            line(FIRST, server, "can't be mended by another attempt:")
                                    + " the server refused the upgrade with status 403 No: sorry."
                                    + " The job fails.");
            assertThat("INFO " + split.inbox.failure().getMessage() + ". The job fails.")
                    .isEqualTo(lines(log).get(0));
        }
    }

    @Test
    void tellsOfTheEndOfTheSplit() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server =
                        ScriptedServer.start(peer -> peer.accept().close(1000, ""));
                RunningSplit split = market(server)) {
            split.runUntilEnded();

            assertThat(lines(log))
                    .containsExactly(
                            line(FIRST, server, "is open."),
                            line(FIRST, server, "has ended: the server closed it with code 1000.")
                                    + " The split is finished.");
        }
    }

    @Test
    void tellsThatTheReaderHasClosedTheConnection() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    peer.send(peer.read());
                                })) {
            RunningSplit split = market(server);
            split.runUntilOpen();
            split.close();

            assertThat(lines(log))
                    .containsExactly(
                            line(FIRST, server, "is open."), line(FIRST, server, "has ended."));
        }
    }

    @Test
    void namesTheUrlThatWasTriedWithoutItsSecrets() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer first = refusing(500, "");
                ScriptedServer second = ScriptedServer.sending()) {
            Feed feed =
                    Feeds.of(
                            first.url("/a?token=tok3n") + "|" + second.url("/b?token=tok3n"),
                            o -> o.set(WebSocketOptions.ID, "market"));
            try (RunningSplit split = RunningSplit.of(feed)) {
                split.runUntilOpen();
            }
            assertThat(lines(log)).hasSize(3);
            assertThat(lines(log).get(0)).contains("connection 1 to " + first.url("/a?***") + " ");
            assertThat(lines(log).get(1)).contains("connection 2 to " + second.url("/b?***") + " ");
        }
    }

    @Test
    void callsTheSplitAsTheUserDoes() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server = ScriptedServer.sending();
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                options ->
                                        options.set(
                                                WebSocketOptions.SPLIT_NAMES, List.of("alice")))) {
            split.runUntilOpen();

            assertThat(lines(log))
                    .containsExactly(
                            "INFO Split 'alice': connection 1 to " + server.url("/") + " is open.");
        }
    }

    @Test
    void doesNotShowASubprotocolThatMayBeAToken() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server =
                        ScriptedServer.start(
                                peer ->
                                        peer.accept("Sec-WebSocket-Protocol: token.s3cret")
                                                .awaitEnd());
                RunningSplit split =
                        RunningSplit.to(
                                server,
                                options ->
                                        options.set(
                                                WebSocketOptions.SUBPROTOCOLS,
                                                List.of("v1", "token.s3cret")))) {
            split.runUntilOpen();

            assertThat(log.lines().toString())
                    .contains("is open, with subprotocol ***.")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void aServerCannotForgeALine() throws Exception {
        try (LogCapture log = new LogCapture();
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> peer.accept().close(4000, "no\r\n12:00 INFO all is well"));
                RunningSplit split = market(server)) {
            split.runUntilWaiting();

            assertThat(lines(log).get(1)).contains("code 4000: no\\r\\n12:00 INFO all is well.");
        }
    }

    private static RunningSplit market(ScriptedServer server) {
        return RunningSplit.to(
                server,
                options -> {
                    options.set(WebSocketOptions.ID, "market");
                    options.set(WebSocketOptions.BOUNDED_CLOSE_CODES, List.of(1000));
                });
    }

    private static ScriptedServer refusing(int status, String headers) {
        String answer =
                "HTTP/1.1 " + status + " No\r\n" + headers + "Content-Length: 5\r\n\r\nsorry";
        return ScriptedServer.start(
                peer -> {
                    Peer answered = peer.send(answer.getBytes(StandardCharsets.US_ASCII));
                    answered.awaitEnd();
                });
    }

    private static String line(String begin, ScriptedServer server, String rest) {
        String split = Feeds.of(server.url("/")).endpoints().get(0).id();
        return String.format(begin, split, server.url("/")) + rest;
    }

    private static List<String> lines(LogCapture log) {
        return log.lines().stream()
                .filter(line -> !line.startsWith("DEBUG") && !line.startsWith("TRACE"))
                .collect(Collectors.toList());
    }
}

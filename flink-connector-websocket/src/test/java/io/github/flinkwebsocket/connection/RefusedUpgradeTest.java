package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.Threads;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

import static org.assertj.core.api.Assertions.assertThat;

/** An upgrade that the server refuses: what it says must not be lost. */
class RefusedUpgradeTest {

    @Test
    void isReportedWithStatusHeadersAndBody() throws Exception {
        UpgradeRefusedException refusal =
                refusal(
                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\n"
                                + "Content-Length: 9\r\n\r\nbad token",
                        false);
        assertThat(refusal)
                .hasMessage(
                        "the server refused the upgrade with status 401 Unauthorized,"
                                + " WWW-Authenticate: Basic: bad token");
        assertThat(refusal.response().status()).isEqualTo(401);
        assertThat(refusal.response().header("WWW-Authenticate")).isEqualTo("Basic");
        assertThat(refusal.response().body()).isEqualTo("bad token");
    }

    @Test
    void mayHaveAChunkedBody() throws Exception {
        UpgradeRefusedException refusal =
                refusal(
                        "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "4\r\nnot \r\n3\r\nyou\r\n0\r\n\r\n",
                        false);
        assertThat(refusal.response().body()).isEqualTo("not you");
    }

    @Test
    void mayHaveABodyThatTheEndOfTheConnectionEnds() throws Exception {
        UpgradeRefusedException refusal = refusal("HTTP/1.1 404 Not Found\r\n\r\nwhat?", true);
        assertThat(refusal.response().body()).isEqualTo("what?");
    }

    @Test
    void mayAskToComeLater() throws Exception {
        UpgradeRefusedException refusal =
                refusal("HTTP/1.1 503 Busy\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n", false);
        assertThat(refusal.response().status()).isEqualTo(503);
        assertThat(refusal.response().header("retry-after")).isEqualTo("17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 No Content\r\n\r\n",
                "304 Not Modified\r\n\r\n",
                "302 Found\r\nLocation: /target\r\n\r\n",
                "404 Not Found\r\n\r\n",
                "404 Not Found\r\nConnection: keep-alive\r\n\r\nwhat?",
                "401 Unauthorized\r\nContent-Length: 9\r\n\r\nbad",
                "500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"
            })
    void isReportedWithoutATimeoutOfOursWhenTheServerKeepsTheConnectionOpen(String answer)
            throws Exception {
        assertThat(refusal("HTTP/1.1 " + answer, false).response().status())
                .isEqualTo(Integer.parseInt(answer.substring(0, 3)));
    }

    @Test
    void mayComeAfterInterimAnswers() throws Exception {
        UpgradeRefusedException refusal =
                refusal(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                + "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope",
                        false);
        assertThat(refusal.response().status()).isEqualTo(403);
        assertThat(refusal).hasMessageEndingWith("status 403 Forbidden: nope");
    }

    @Test
    void isStillReportedWhenItsBodyNeverEnds() throws Exception {
        String answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n\r\nbad";
        Semaphore sent = new Semaphore(0);
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.send(answer.getBytes(StandardCharsets.US_ASCII));
                            sent.release();
                            peer.awaitEnd();
                        })) {
            // Nothing tells when the client has read the answer, so it may take some attempts.
            Await.until("a refusal is reported", () -> abortedAfter(sent, server));
        }
    }

    private boolean abortedAfter(Semaphore sent, ScriptedServer server) {
        try (Link link = Link.to(server)) {
            sent.acquire();
            Await.until("it waits for more", () -> Threads.isIn("read", "websocket-"));
            link.connection.abort(new SocketTimeoutException("too slow"));
            return link.awaitEnd().cause() instanceof UpgradeRefusedException;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private UpgradeRefusedException refusal(String answer, boolean end) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.send(answer.getBytes(StandardCharsets.US_ASCII));
                                    if (end) {
                                        peer.drop();
                                    } else {
                                        peer.awaitEnd();
                                    }
                                });
                Link link = Link.to(server)) {
            Termination termination = link.awaitEnd();
            assertThat(termination.code()).isEqualTo(1006);
            assertThat(termination.cause()).isInstanceOf(UpgradeRefusedException.class);
            return (UpgradeRefusedException) termination.cause();
        }
    }
}

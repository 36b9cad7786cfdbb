package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that repeats what it was sent does not get secrets into logs and failures. */
@Timeout(60)
class SentSecretsTest {

    private static final String TARGET = "/stream/abcdefghijklmnopqrstuvwxyz?depth=5&token=tok3n";
    private static final String[] SECRETS = {
        "abcdefghijklmnopqrstuvwxyz", "tok3n", "s3cret", "ap1-key", "c00kie"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "403 No tok3n",
                "404 Not Found\r\nRetry-After: s3cret",
                "400 Bearer s3cret?",
            })
    void areTakenOutOfARefusal(String status) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    String answer =
                                            String.format(
                                                    "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s",
                                                    status,
                                                    peer.request().length(),
                                                    peer.request());
                                    peer.send(answer.getBytes(StandardCharsets.US_ASCII));
                                    peer.awaitEnd();
                                });
                Link link = link(server)) {
            assertClean(link.awaitEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Protocol: s3cret", "Sec-WebSocket-Extensions: s3cret"})
    void areTakenOutOfWhatWasNotOffered(String header) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.accept(header));
                Link link = link(server)) {
            Termination end = link.awaitEnd();
            assertClean(end);
            assertThat(end.reason()).contains("'***', which w");
        }
    }

    @Test
    void areTakenOutOfTheReasonOfACloseFrame() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer ->
                                        peer.accept()
                                                .close(4001, "tok3n of Bearer s3cret is too old"));
                Link link = link(server)) {
            assertThat(link.awaitEnd().reason())
                    .isEqualTo("the server closed it with code 4001: *** of *** is too old");
        }
    }

    @Test
    void wordsThatAreNoSecretsStay() {
        SentSecrets secrets =
                SentSecrets.of(
                        URI.create("ws://u:pw@feed.example/stream?topic=trades&id=7"),
                        Map.of("User-Agent", "agent", "Accept", "a/b", "Origin", "http://here"));
        assertThat(secrets.mask("no trades for agent u:pw of http://here, a/b, at stream 7"))
                .isEqualTo("no trades for agent u:pw of http://here, a/b, at stream 7");
        assertThat(secrets.mask("/stream?topic=trades&id=7")).isEqualTo("/stream?***");
    }

    private static Link link(ScriptedServer server) {
        return Link.to(server.url(TARGET), new RecordingListener(), SentSecretsTest::options);
    }

    private static void options(Configuration options) {
        options.set(WebSocketOptions.AUTH_TOKEN, "s3cret");
        options.set(
                WebSocketOptions.HTTP_HEADERS,
                Map.of("X-Key", "ap1-key", "Cookie", "id=c00kie; lang=en"));
    }

    private static void assertClean(Termination end) {
        assertThat(end.reason()).startsWith("the server ").doesNotContain(SECRETS);
        assertThat(ExceptionUtils.stringifyException(end.cause())).doesNotContain(SECRETS);
    }
}

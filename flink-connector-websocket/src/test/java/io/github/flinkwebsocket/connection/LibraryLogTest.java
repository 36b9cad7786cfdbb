package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.LogCapture;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the library logs holds credentials, so it logs nothing. */
@Timeout(60)
class LibraryLogTest {

    /** The library's own client shows what there is to silence, and that it would be seen. */
    @Test
    void libraryAloneLogsTheWholeRequest() throws Exception {
        try (LogCapture log = LogCapture.ofAll();
                ScriptedServer server = ScriptedServer.start(peer -> peer.accept().awaitEnd())) {
            StockClient client = new StockClient(server);
            client.addHeader("Cookie", "s3cret");
            client.connected().end();
            assertThat(log.lines().toString()).contains("s3cret");
        }
    }

    @Test
    void nothingOfItIsLoggedAtAnyLevel() throws Exception {
        try (LogCapture log = LogCapture.ofAll();
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept("Set-Cookie: s3cret");
                                    String received = peer.read().text();
                                    peer.sendText(received).close(4001, "s3cret");
                                });
                Link link =
                        Link.to(
                                server.url("/?token=s3cret"),
                                new RecordingListener().onOpen(c -> c.send("{\"key\":\"s3cret\"}")),
                                options -> {
                                    options.set(WebSocketOptions.AUTH_TOKEN, "s3cret");
                                    options.set(
                                            WebSocketOptions.HTTP_HEADERS,
                                            Map.of("Cookie", "s3cret"));
                                    options.set(WebSocketOptions.SUBPROTOCOLS, List.of());
                                })) {
            link.listener.awaitMessages(1);
            link.awaitEnd();
            assertThat(log.lines().toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void noObjectOfItHasALoggerLeft() throws Exception {
        try (LogCapture log = LogCapture.ofAll();
                ScriptedServer server =
                        ScriptedServer.start(
                                peer ->
                                        peer.send(
                                                "HTTP/1.1 403 No\r\n\r\n"
                                                        .getBytes(StandardCharsets.UTF_8)));
                Link link = Link.to(server)) {
            link.awaitEnd();
            assertThat(log.lines()).isEmpty();
        }
    }
}

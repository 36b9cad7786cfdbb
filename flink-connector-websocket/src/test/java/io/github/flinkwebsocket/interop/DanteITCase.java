package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.connection.Link;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.ExternalServer;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Dante as a SOCKS5 proxy. Its users are the system's, so none of them logs in here. */
@Timeout(120)
class DanteITCase {

    @TempDir Path folder;

    private final ScriptedServer server =
            ScriptedServer.start(peer -> peer.accept().sendText("through").awaitEnd());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsThroughTheProxy() throws Exception {
        try (ExternalServer dante = start("none");
                Link link = connect(dante, server.url("/"), options -> {})) {
            link.listener.awaitMessages(1);
            assertThat(link.listener.texts()).containsExactly("through");
            link.connection.close(1000, "");
            assertThat(link.awaitEnd().code()).isEqualTo(1000);
            assertThat(dante.output()).contains("pass(1): tcp/connect");
        }
    }

    @Test
    void tellsThatTheProxyCannotReachTheServer() throws Exception {
        String url = "ws://127.0.0.1:" + ExternalServer.freePort() + "/";
        try (ExternalServer dante = start("none");
                Link link = connect(dante, url, options -> {})) {
            assertThat(link.awaitEnd().reason())
                    .contains("could not reach 127.0.0.1", "connection refused");
        }
    }

    @Test
    void tellsThatTheProxyDoesNotAllowTheServer() throws Exception {
        String url = "ws://127.0.0.9:" + server.port() + "/";
        try (ExternalServer dante = start("none");
                Link link = connect(dante, url, options -> {})) {
            assertThat(link.awaitEnd().reason()).contains("connection not allowed");
        }
    }

    @Test
    void tellsThatTheProxyWantsAUserName() throws Exception {
        assertRefused("username", options -> {}, "wants authentication");
    }

    @Test
    void tellsThatTheProxyTakesNoUserName() throws Exception {
        assertRefused("none", DanteITCase::asNobodyKnown, "does not take user name and password");
    }

    @Test
    void tellsThatTheProxyDoesNotKnowTheUser() throws Exception {
        assertRefused("username", DanteITCase::asNobodyKnown, "refused user name and password");
    }

    private void assertRefused(String method, Consumer<Configuration> options, String reason)
            throws Exception {
        try (ExternalServer dante = start(method);
                Link link = connect(dante, server.url("/"), options)) {
            assertThat(link.awaitEnd().reason())
                    .contains("SOCKS5 proxy 127.0.0.1:" + dante.port(), reason)
                    .doesNotContain("s3cret");
            assertThat(server.connections()).isZero();
        }
    }

    private static void asNobodyKnown(Configuration options) {
        options.set(WebSocketOptions.PROXY_USERNAME, "no-such-user");
        options.set(WebSocketOptions.PROXY_PASSWORD, "s3cret");
    }

    private static Link connect(ExternalServer dante, String url, Consumer<Configuration> options) {
        return Link.to(
                url,
                new RecordingListener(),
                options.andThen(
                        o ->
                                o.set(
                                        WebSocketOptions.PROXY_URL,
                                        "socks5://127.0.0.1:" + dante.port())));
    }

    private ExternalServer start(String method) throws IOException {
        String program = ExternalServer.assumeProgram("danted");
        return ExternalServer.start(
                port -> {
                    Path config = folder.resolve("danted-" + port + ".conf");
                    Files.writeString(config, config(port, method));
                    return List.of(
                            program,
                            "-N",
                            "1",
                            "-f",
                            config.toString(),
                            "-p",
                            folder.resolve("danted-" + port + ".pid").toString());
                });
    }

    private static String config(int port, String method) {
        return String.join(
                "\n",
                "logoutput: stdout",
                "internal: 127.0.0.1 port = " + port,
                "external: 127.0.0.1",
                "clientmethod: none",
                "socksmethod: " + method,
                "user.privileged: root",
                "user.unprivileged: nobody",
                "client pass {",
                "from: 127.0.0.0/8",
                "to: 0.0.0.0/0",
                "}",
                "socks pass {",
                "from: 127.0.0.0/8",
                "to: 127.0.0.1/32",
                "command: connect",
                "log: connect",
                "}",
                "socks block {",
                "from: 0.0.0.0/0",
                "to: 0.0.0.0/0",
                "}",
                "");
    }
}

package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.connection.Link;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Certificates;
import io.github.flinkwebsocket.testing.ExternalServer;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Squid as an HTTP proxy that asks for user name and password. */
@Timeout(120)
class SquidITCase {

    /** User flink with the password s3cret. */
    private static final String PASSWORD_FILE = "flink:$apr1$websocke$Aflh7N/u0MuAokdYSBWTN0\n";

    @TempDir static Path folder;
    private static ScriptedServer server;
    private static ExternalServer squid;

    @BeforeAll
    static void startServer() {
        server = ScriptedServer.start(peer -> peer.accept().sendText("through").awaitEnd());
    }

    @BeforeEach
    void startSquid() throws Exception {
        if (squid == null) {
            squid = start();
        }
    }

    private static ExternalServer start() throws IOException {
        String program = ExternalServer.assumeProgram("squid");
        Path helper =
                ExternalServer.assumeFile(
                        Path.of("/usr/lib/squid/basic_ncsa_auth"), "squid's basic_ncsa_auth");
        // Squid gives up being root, and must still find the file.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path passwords = Files.writeString(folder.resolve("passwords"), PASSWORD_FILE);
        return ExternalServer.start(
                port -> {
                    Path config = folder.resolve("squid-" + port + ".conf");
                    Files.writeString(config, config(port, helper, passwords));
                    return List.of(program, "-N", "-d", "1", "-f", config.toString());
                });
    }

    @AfterAll
    static void stop() {
        if (squid != null) {
            squid.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static String config(int port, Path helper, Path passwords) {
        return String.join(
                "\n",
                "http_port 127.0.0.1:" + port,
                "visible_hostname localhost",
                "pid_filename none",
                "access_log none",
                "cache_log /dev/null",
                "coredump_dir none",
                "cache deny all",
                "memory_cache_shared off",
                "pinger_enable off",
                "max_filedescriptors 1024",
                "auth_param basic program " + helper + " " + passwords,
                "auth_param basic children 1",
                "auth_param basic realm test",
                "acl known proxy_auth REQUIRED",
                "acl forbidden dst 127.0.0.9",
                "http_access deny forbidden",
                "http_access allow CONNECT known",
                "http_access deny all",
                "");
    }

    @Test
    void readsThroughTheProxyWithTheRightPassword() throws Exception {
        try (Link link = connect(server.url("/"), as("flink", "s3cret"))) {
            link.listener.awaitMessages(1);
            assertThat(link.listener.texts()).containsExactly("through");
            link.connection.close(1000, "");
            assertThat(link.awaitEnd().code()).isEqualTo(1000);
        }
    }

    @Test
    void speaksTlsThroughTheProxy(@TempDir Path certificateFolder) throws Exception {
        Certificates certificates = new Certificates(certificateFolder);
        try (ScriptedServer tls =
                        ScriptedServer.startTls(
                                certificates.context(certificates.serverIdentity()),
                                false,
                                peer -> peer.accept().sendText("through TLS").awaitEnd());
                Link link =
                        connect(
                                tls.url("/"),
                                as("flink", "s3cret")
                                        .andThen(
                                                o ->
                                                        o.setString(
                                                                "tls.ca-file",
                                                                certificates
                                                                        .caPem()
                                                                        .toString())))) {
            link.listener.awaitMessages(1);
            assertThat(link.listener.texts()).containsExactly("through TLS");
        }
    }

    @Test
    void tellsThatThePasswordIsWrong() throws Exception {
        assertRefused(
                server.url("/"),
                as("flink", "wr0ng"),
                "refused with status 407 Proxy Authentication Required");
    }

    @Test
    void tellsThatAPasswordIsMissing() throws Exception {
        assertRefused(
                server.url("/"),
                options -> {},
                "refused with status 407 Proxy Authentication Required");
    }

    @Test
    void tellsThatTheProxyDoesNotAllowTheServer() throws Exception {
        assertRefused(
                "ws://127.0.0.9:" + server.port() + "/",
                as("flink", "s3cret"),
                "refused with status 403 Forbidden");
    }

    @Test
    void tellsThatTheProxyCannotReachTheServer() throws Exception {
        assertRefused(
                "ws://127.0.0.1:" + ExternalServer.freePort() + "/",
                as("flink", "s3cret"),
                "refused with status 503 Service Unavailable");
    }

    private static void assertRefused(String url, Consumer<Configuration> options, String reason)
            throws Exception {
        int before = server.connections();
        try (Link link = connect(url, options)) {
            assertThat(link.awaitEnd().reason())
                    .contains("HTTP proxy 127.0.0.1:" + squid.port(), reason)
                    .doesNotContain("s3cret", "wr0ng");
            assertThat(server.connections()).isEqualTo(before);
        }
    }

    private static Consumer<Configuration> as(String name, String password) {
        return options -> {
            options.set(WebSocketOptions.PROXY_USERNAME, name);
            options.set(WebSocketOptions.PROXY_PASSWORD, password);
        };
    }

    private static Link connect(String url, Consumer<Configuration> options) {
        return Link.to(
                url,
                new RecordingListener(),
                options.andThen(
                        o ->
                                o.set(
                                        WebSocketOptions.PROXY_URL,
                                        "http://127.0.0.1:" + squid.port())));
    }
}

package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.connection.Link;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.testing.Certificates;
import io.github.flinkwebsocket.testing.ExternalServer;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** nginx in front of a server: it speaks TLS, and passes the upgrade on. */
@Timeout(120)
class NginxITCase {

    @TempDir static Path folder;
    private static Certificates certificates;
    private static Path server;
    private static Path client;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(folder);
        server = certificates.serverIdentity();
        client = certificates.identity("client", "", "-validity 10");
    }

    @Test
    void readsAndWritesThroughTls() throws Exception {
        try (ScriptedServer upstream = echoing();
                ExternalServer proxy = start(upstream.port(), "");
                Link link = connect(proxy, options -> {})) {
            link.listener.awaitOpen();
            String large = "grün ".repeat(200_000);
            link.connection.send(large);
            link.listener.awaitMessages(2);
            assertThat(link.listener.texts()).containsExactly("hello", large);
            link.connection.close(1000, "done");
            assertThat(link.awaitEnd().code()).isEqualTo(1000);
        }
    }

    @Test
    void speaksEitherVersionOfTls() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (ScriptedServer upstream = echoing();
                    ExternalServer proxy =
                            start(upstream.port(), "ssl_protocols " + version + ";");
                    Link link = connect(proxy, options -> {})) {
                link.listener.awaitMessages(1);
                assertThat(link.listener.texts()).containsExactly("hello");
            }
        }
    }

    @Test
    void showsItsCertificateToAServerThatRequiresOne() throws Exception {
        try (ScriptedServer upstream = echoing();
                ExternalServer proxy = start(upstream.port(), requireClientCertificate());
                Link link =
                        connect(
                                proxy,
                                options -> {
                                    options.setString(
                                            "tls.certificate-file",
                                            pem(certificates::certificatePem));
                                    options.setString("tls.key-file", pem(certificates::keyPem));
                                })) {
            link.listener.awaitMessages(1);
            assertThat(link.listener.texts()).containsExactly("hello");
        }
    }

    @Test
    void tellsWhatAServerSaysThatMissesACertificate() throws Exception {
        try (ScriptedServer upstream = echoing();
                ExternalServer proxy = start(upstream.port(), requireClientCertificate());
                Link link = connect(proxy, options -> {})) {
            assertThat(link.awaitEnd().reason())
                    .contains("status 400 Bad Request", "No required SSL certificate was sent");
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void tellsTheStatusWhenTheServerBehindIsAway() throws Exception {
        try (ExternalServer proxy = start(ExternalServer.freePort(), "");
                Link link = connect(proxy, options -> {})) {
            Termination end = link.awaitEnd();
            assertThat(end.reason()).contains("status 502 Bad Gateway");
            assertThat(end.refusal().status()).isEqualTo(502);
            assertThat(end.refusal().header("Server")).startsWith("nginx");
        }
    }

    @Test
    void tellsThatTheServerBehindBrokeOff() throws Exception {
        try (ScriptedServer upstream =
                        ScriptedServer.start(
                                peer -> peer.accept().send(Frame.text("a"), Frame.text("b")));
                ExternalServer proxy = start(upstream.port(), "");
                Link link = connect(proxy, options -> {})) {
            assertThat(link.awaitEnd().code()).isEqualTo(Termination.ABNORMAL);
            assertThat(link.awaitEnd().reason()).contains("without a close frame");
            assertThat(link.listener.texts()).containsExactly("a", "b");
        }
    }

    @Test
    void endsWhenTheProxyThinksThatTheLinkIsIdle() throws Exception {
        try (ScriptedServer upstream = echoing();
                ExternalServer proxy = start(upstream.port(), "proxy_read_timeout 300ms;");
                Link link = connect(proxy, options -> {})) {
            assertThat(link.awaitEnd().code()).isEqualTo(Termination.ABNORMAL);
            assertThat(link.listener.texts()).containsExactly("hello");
        }
    }

    // ------------------------------------------------------------------ tools

    private static ScriptedServer echoing() {
        return ScriptedServer.start(
                peer -> {
                    peer.accept().sendText("hello");
                    Frame frame = peer.read();
                    while (frame.opcode() != Frame.CLOSE) {
                        peer.send(Frame.of(true, frame.opcode(), frame.payload));
                        frame = peer.read();
                    }
                    peer.send(Frame.of(true, Frame.CLOSE, frame.payload));
                });
    }

    private static Link connect(ExternalServer proxy, Consumer<Configuration> options) {
        return Link.to(
                "wss://127.0.0.1:" + proxy.port() + "/feed",
                new RecordingListener(),
                options.andThen(o -> o.setString("tls.ca-file", certificates.caPem().toString())));
    }

    private static String requireClientCertificate() {
        return "ssl_client_certificate " + certificates.caPem() + "; ssl_verify_client on;";
    }

    /** Makes a PEM file of the client's identity. */
    private interface Export {
        Path of(Path identity) throws Exception;
    }

    private static String pem(Export export) {
        try {
            return export.of(client).toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExternalServer start(int upstream, String directives) throws IOException {
        return ExternalServer.start(port -> command(port, upstream, directives));
    }

    private static List<String> command(int port, int upstream, String directives)
            throws IOException {
        String nginx = ExternalServer.assumeProgram("nginx");
        StringBuilder config = new StringBuilder();
        config.append("daemon off; master_process off; pid nginx-").append(port).append(".pid;\n");
        config.append("events { worker_connections 64; }\n");
        config.append("http {\n  access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            config.append("  ").append(kind).append("_temp_path temp-").append(kind).append(";\n");
        }
        config.append("  server {\n    listen 127.0.0.1:").append(port).append(" ssl;\n");
        config.append("    ssl_certificate ").append(identity(true)).append(";\n");
        config.append("    ssl_certificate_key ").append(identity(false)).append(";\n");
        config.append("    ").append(directives).append('\n');
        config.append("    location / {\n      proxy_pass http://127.0.0.1:");
        config.append(upstream).append(";\n      proxy_http_version 1.1;\n");
        config.append("      proxy_set_header Upgrade $http_upgrade;\n");
        config.append("      proxy_set_header Connection upgrade;\n    }\n  }\n}\n");
        Path file = folder.resolve("nginx-" + port + ".conf");
        Files.writeString(file, config);
        return List.of(nginx, "-p", folder.toString(), "-e", "stderr", "-c", file.toString());
    }

    private static Path identity(boolean certificate) throws IOException {
        try {
            return certificate ? certificates.certificatePem(server) : certificates.keyPem(server);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}

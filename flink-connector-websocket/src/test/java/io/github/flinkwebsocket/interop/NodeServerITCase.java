package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.connection.Link;
import io.github.flinkwebsocket.testing.EchoClient;
import io.github.flinkwebsocket.testing.ExternalServer;
import io.github.flinkwebsocket.testing.RecordingListener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Conversations with a server made with the npm package ws. */
class NodeServerITCase extends ServerConversations {

    @Override
    ExternalServer start(boolean deflate) throws IOException {
        return ExternalServer.start(port -> NodeServer.command("127.0.0.1", port, deflate));
    }

    @Test
    void sendsPingsThatTheServerSees() throws Exception {
        RecordingListener listener = new RecordingListener().onOpen(c -> c.ping());
        try (Link link = connect(false, "echo", listener)) {
            plain().awaitOutput("pinged", 1);
            assertThat(link.connection.isOpen()).isTrue();
        }
    }

    @Test
    void tellsThatTheServerClosedWithoutACode() throws Exception {
        try (Link link = connect(false, "close", new RecordingListener())) {
            assertThat(link.awaitEnd().code()).isEqualTo(1005);
            assertThat(link.awaitEnd().isRemote()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void echoClientSendsAllBack(boolean deflate) throws Exception {
        assertThat(EchoClient.run(url(deflate, "audit"), "echo-1").reason())
                .isEqualTo("the server closed it with code 1000: all the same");
    }

    @Test
    void echoClientIsAProgramWithAStatus() throws Exception {
        Process process = echoClient(url(true, "audit"));
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("1000 the server closed it with code 1000: all the same");
        assertThat(process.waitFor()).isZero();

        Process refused = echoClient("ws://127.0.0.1:" + ExternalServer.freePort() + "/");
        assertThat(new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("1006");
        assertThat(refused.waitFor()).isEqualTo(1);
    }

    private static Process echoClient(String url) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EchoClient.class.getName(),
                                url,
                                "echo-2")
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        return process;
    }
}

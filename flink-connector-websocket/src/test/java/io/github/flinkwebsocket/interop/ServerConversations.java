package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.connection.Link;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.ExternalServer;
import io.github.flinkwebsocket.testing.RecordingListener;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What must go well with any server, played with one that is not ours. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerConversations {

    private ExternalServer plain;
    private ExternalServer deflating;
    @Nullable private TestAbortedException missing;

    /** Starts the server; skips all tests if it is not installed. */
    abstract ExternalServer start(boolean deflate) throws IOException;

    @BeforeAll
    void startServers() throws IOException {
        try {
            plain = start(false);
            deflating = start(true);
        } catch (TestAbortedException e) {
            // Skipped one by one, the tests are in the report with the reason.
            missing = e;
        }
    }

    @BeforeEach
    void skipWhatIsNotInstalled() {
        if (missing != null) {
            throw missing;
        }
    }

    @AfterAll
    void stopServers() {
        for (ExternalServer server : new ExternalServer[] {plain, deflating}) {
            if (server != null) {
                server.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void getsBackTheMessagesItSendsWhenItOpens(boolean deflate) throws Exception {
        byte[] binary = new byte[100_000];
        new Random(1).nextBytes(binary);
        String text = "grün ".repeat(200_000);
        RecordingListener listener =
                new RecordingListener()
                        .onOpen(
                                c -> {
                                    c.send("subscribe");
                                    c.send("");
                                    c.send(text);
                                    c.send(binary);
                                    c.send(new byte[0]);
                                });
        try (Link link = connect(deflate, "echo", listener)) {
            listener.awaitMessages(5);
            List<WebSocketMessage> messages = listener.messages();
            assertThat(messages)
                    .extracting(WebSocketMessage::isText)
                    .containsExactly(true, true, true, false, false);
            assertThat(messages.get(0).getText()).isEqualTo("subscribe");
            assertThat(messages.get(1).getText()).isEmpty();
            assertThat(messages.get(2).getText()).isEqualTo(text);
            assertThat(messages.get(3).getPayload()).isEqualTo(binary);
            assertThat(messages.get(4).getPayload()).isEmpty();
            assertThat(link.connection.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void putsFragmentsTogether(boolean deflate) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Link link = connect(deflate, "fragments", listener)) {
            listener.awaitMessages(2);
            assertThat(listener.messages().get(0).getText()).isEqualTo("in three parts");
            assertThat(listener.messages().get(1).isText()).isFalse();
            assertThat(listener.messages().get(1).getPayload()).containsExactly(1, 2, 3);
            assertThat(link.connection.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsManyMessagesInTheirOrder(boolean deflate) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Link link = connect(deflate, "numbered", listener)) {
            listener.awaitMessages(2000);
            assertThat(listener.texts())
                    .isEqualTo(
                            IntStream.range(0, 2000)
                                    .mapToObj(
                                            i ->
                                                    "{\"number\":"
                                                            + i
                                                            + ",\"symbol\":\"BTC-USD\","
                                                            + "\"price\":\"30000."
                                                            + i % 100
                                                            + "\"}")
                                    .collect(Collectors.toList()));
            assertThat(link.connection.isOpen()).isTrue();
        }
    }

    @Test
    void agreesOnCompressionOnlyIfBothWantIt() throws Exception {
        assertThat(extensions(deflating, true)).contains("permessage-deflate");
        assertThat(extensions(deflating, false)).isEqualTo("none");
        assertThat(extensions(plain, true)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWith1009WhenAMessageIsTooLarge(boolean deflate) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Link link =
                connect(
                        deflate,
                        "large",
                        listener,
                        options ->
                                options.set(
                                        WebSocketOptions.MAX_MESSAGE_SIZE,
                                        MemorySize.ofMebiBytes(1).divide(2)))) {
            assertThat(link.awaitEnd().code()).isEqualTo(1009);
            server(deflate).awaitOutput("closed 1009 a message was larger", 1);
        }
    }

    @Test
    void agreesOnASubprotocol() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Link link =
                connect(
                        false,
                        "extensions",
                        listener,
                        options ->
                                options.set(
                                        WebSocketOptions.SUBPROTOCOLS,
                                        List.of("v3", "v2", "v1")))) {
            listener.awaitMessages(1);
            assertThat(link.connection.subprotocol()).isEqualTo("v2");
        }
    }

    @Test
    void refusesAServerThatKnowsNoneOfItsSubprotocols() throws Exception {
        try (Link link =
                connect(
                        false,
                        "extensions",
                        new RecordingListener(),
                        options -> options.set(WebSocketOptions.SUBPROTOCOLS, List.of("v9")))) {
            assertThat(link.awaitEnd().reason())
                    .contains("none of the subprotocols that were offered");
        }
    }

    @Test
    void answersPingsOfTheServer() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Link link = connect(false, "ping", listener)) {
            listener.awaitMessages(1);
            assertThat(listener.texts()).containsExactly("pong are you there");
            assertThat(link.connection.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 3000, 4999})
    void tellsWithWhichCodeTheServerClosed(int code) throws Exception {
        try (Link link = connect(false, "close/" + code + "/so%20long", new RecordingListener())) {
            Termination end = link.awaitEnd();
            assertThat(end.code()).isEqualTo(code);
            assertThat(end.isRemote()).isTrue();
            assertThat(end.reason())
                    .isEqualTo("the server closed it with code " + code + ": so long");
        }
    }

    @Test
    void closesInOrder() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Link link = connect(false, "echo", listener)) {
            listener.awaitOpen();
            link.connection.close(4321, "enough");
            assertThat(link.awaitEnd().code()).isEqualTo(4321);
            plain.awaitOutput("closed 4321 enough", 1);
        }
    }

    @Test
    void tellsThatTheServerLeftWithoutAWord() throws Exception {
        try (Link link = connect(false, "drop", new RecordingListener())) {
            Termination end = link.awaitEnd();
            assertThat(end.code()).isEqualTo(Termination.ABNORMAL);
            assertThat(end.isRemote()).isFalse();
        }
    }

    // ------------------------------------------------------------------ tools

    private ExternalServer server(boolean deflate) {
        return deflate ? deflating : plain;
    }

    final String url(boolean deflate, String path) {
        return "ws://127.0.0.1:" + server(deflate).port() + "/" + path;
    }

    final ExternalServer plain() {
        return plain;
    }

    final Link connect(boolean deflate, String path, RecordingListener listener) {
        return connect(deflate, path, listener, options -> {});
    }

    private Link connect(
            boolean deflate,
            String path,
            RecordingListener listener,
            Consumer<Configuration> options) {
        return Link.to(
                url(deflate, path),
                listener,
                options.andThen(o -> o.set(WebSocketOptions.PERMESSAGE_DEFLATE, deflate)));
    }

    private static String extensions(ExternalServer server, boolean offered) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Link link =
                Link.to(
                        "ws://127.0.0.1:" + server.port() + "/extensions",
                        listener,
                        options -> options.set(WebSocketOptions.PERMESSAGE_DEFLATE, offered))) {
            listener.awaitMessages(1);
            assertThat(link.connection.isOpen()).isTrue();
            return listener.texts().get(0);
        }
    }
}

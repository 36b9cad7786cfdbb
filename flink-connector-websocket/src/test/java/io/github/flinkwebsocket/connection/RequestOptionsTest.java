package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.credentials.CredentialProvider;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Messages;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** What the options put into the upgrade request, seen by the server. */
@Timeout(60)
class RequestOptionsTest {

    @Test
    void schemeMayBeInCapitals() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(peer -> peer.accept().sendText("a").awaitEnd());
                Link link =
                        Link.to(
                                server.url("/").replace("ws://", "WS://"),
                                new RecordingListener(),
                                options -> {})) {
            link.listener.awaitMessages(1);
        }
        assertThat(UpgradeRequest.to(URI.create("WSS://Feed.example/a?b=%20c")).uri())
                .hasToString("wss://Feed.example/a?b=%20c");
    }

    // ------------------------------------------------------------------ headers

    @Test
    void headersOfTheUserAreSent() throws Exception {
        Peer peer =
                request(
                        options ->
                                options.set(
                                        WebSocketOptions.HTTP_HEADERS,
                                        Map.of(
                                                "Cookie", "a=b; c=d",
                                                "Origin", "https://me.example",
                                                "X-API-Key", "key",
                                                "user-agent", "mine")));
        assertThat(peer.header("Cookie")).isEqualTo("a=b; c=d");
        assertThat(peer.header("Origin")).isEqualTo("https://me.example");
        assertThat(peer.header("X-API-Key")).isEqualTo("key");
        assertThat(peer.header("User-Agent")).isEqualTo("mine");
        assertThat(peer.request().toLowerCase(Locale.ROOT).split("user-agent:"))
                .as("one user agent")
                .hasSize(2);
    }

    @Test
    void withoutHeadersOnlyTheUserAgentIsAdded() throws Exception {
        Peer peer = request(options -> {});
        assertThat(peer.header("User-Agent")).isEqualTo("flink-connector-websocket");
        assertThat(peer.header("Origin")).isNull();
        assertThat(peer.header("Authorization")).isNull();
    }

    @Test
    void lettersBeyondAsciiInUserNameAndPasswordAreUtf8() throws Exception {
        Peer peer =
                request(
                        options -> {
                            options.set(WebSocketOptions.AUTH_USERNAME, "müller");
                            options.set(WebSocketOptions.AUTH_PASSWORD, "pässwort€");
                        });
        String expected =
                Base64.getEncoder()
                        .encodeToString("müller:pässwort€".getBytes(StandardCharsets.UTF_8));
        assertThat(peer.header("Authorization")).isEqualTo("Basic " + expected);
    }

    @Test
    void credentialsThatNoHeaderCanCarryAreNeitherSentNorShown(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "s3cretä");
        assertNotSent(
                "the file '" + file + "' has characters beyond ASCII",
                options -> options.set(WebSocketOptions.AUTH_TOKEN_FILE, file.toString()),
                null);
        for (String value : new String[] {"s3cret€", "s3cret\r\nX-Other: 1", "s3cret\0"}) {
            assertNotSent(
                    "the header 'X-Key' of the credentials has control characters, or others than"
                            + " ASCII",
                    options -> {},
                    refresh -> Map.of("X-Key", value));
        }
        assertNotSent(
                "the credentials have a header without a valid name",
                options -> {},
                refresh -> Map.of("s3cret: 1", "x"));
    }

    private static void assertNotSent(
            String reason, Consumer<Configuration> options, CredentialProvider provider)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.sending()) {
            Configuration config = new Configuration();
            config.set(WebSocketOptions.URL, List.of(server.url("/")));
            options.accept(config);
            RecordingListener listener = new RecordingListener();
            new WebSocketConnection(
                            Messages.CONNECTION,
                            UpgradeRequest.to(URI.create(server.url("/"))),
                            Feed.of(config, provider).connection(),
                            List.of(),
                            listener)
                    .start();
            assertThat(listener.awaitEnd().reason()).contains(reason).doesNotContain("s3cret");
        }
    }

    // ------------------------------------------------------------------ credentials

    @Test
    void userNameAndPasswordBecomeBasicAuthentication() throws Exception {
        Peer peer =
                request(
                        options -> {
                            options.set(WebSocketOptions.AUTH_USERNAME, "Aladdin");
                            options.set(WebSocketOptions.AUTH_PASSWORD, "open sesame");
                        });
        assertThat(peer.header("Authorization")).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    void tokenIsABearerTokenOrTheValueOfAHeader() throws Exception {
        Peer bearer = request(options -> options.set(WebSocketOptions.AUTH_TOKEN, "t0ken"));
        assertThat(bearer.header("Authorization")).isEqualTo("Bearer t0ken");

        Peer header =
                request(
                        options -> {
                            options.set(WebSocketOptions.AUTH_TOKEN, "t0ken");
                            options.set(WebSocketOptions.AUTH_HEADER, "X-API-Key");
                        });
        assertThat(header.header("X-API-Key")).isEqualTo("t0ken");
        assertThat(header.header("Authorization")).isNull();
    }

    @Test
    void tokenMayComeFromAFileOrTheEnvironment(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "from-file\n");
        Peer fromFile =
                request(options -> options.set(WebSocketOptions.AUTH_TOKEN_FILE, file.toString()));
        assertThat(fromFile.header("Authorization")).isEqualTo("Bearer from-file");

        Peer fromEnvironment =
                request(
                        options -> {
                            options.set(WebSocketOptions.AUTH_TOKEN_ENV, "PATH");
                            options.set(WebSocketOptions.AUTH_HEADER, "X-Path");
                        });
        assertThat(fromEnvironment.header("X-Path")).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void tokenMayComeFromAnOAuth2Server() throws Exception {
        HttpServer tokens =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.createContext(
                "/token",
                exchange -> {
                    String form =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    byte[] answer =
                            ("{\"access_token\":\"for-" + form.replaceAll(".*scope=", "") + "\"}")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        tokens.start();
        try {
            String url = "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token";
            Peer peer =
                    request(
                            options -> {
                                options.set(WebSocketOptions.AUTH_OAUTH2_TOKEN_URL, url);
                                options.set(WebSocketOptions.AUTH_OAUTH2_CLIENT_ID, "id");
                                options.set(WebSocketOptions.AUTH_OAUTH2_CLIENT_SECRET, "secret");
                                options.set(WebSocketOptions.AUTH_OAUTH2_SCOPE, "feed");
                            });
            assertThat(peer.header("Authorization")).isEqualTo("Bearer for-feed");
        } finally {
            tokens.stop(0);
        }
    }

    // ------------------------------------------------------------------ subprotocols

    @Test
    void subprotocolsAreOfferedInOrderAndTheChoiceIsKnownToEveryMessage() throws Exception {
        BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peers.add(peer);
                                    peer.accept("Sec-WebSocket-Protocol: v1.feed");
                                    peer.sendText("hello").awaitEnd();
                                });
                Link link = Link.to(server, RequestOptionsTest::offerTwo)) {
            link.listener.awaitMessages(1);
            assertThat(peers.take().header("Sec-WebSocket-Protocol")).isEqualTo("v2.feed, v1.feed");
            assertThat(link.connection.subprotocol()).isEqualTo("v1.feed");
            assertThat(link.listener.messages().get(0).getSubprotocol()).isEqualTo("v1.feed");
        }
    }

    @Test
    void serverMustChooseOneOfTheSubprotocols() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::accept);
                Link link = Link.to(server, RequestOptionsTest::offerTwo)) {
            assertThat(link.awaitEnd().reason())
                    .isEqualTo("the server chose none of the subprotocols that were offered");
        }
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> peer.accept("Sec-WebSocket-Protocol: v3.feed"));
                Link link = Link.to(server, RequestOptionsTest::offerTwo)) {
            assertThat(link.awaitEnd().reason())
                    .isEqualTo("the server chose the subprotocol 'v3.feed', which was not offered");
        }
    }

    private static void offerTwo(Configuration options) {
        options.set(WebSocketOptions.SUBPROTOCOLS, List.of("v2.feed", "v1.feed"));
    }

    // ------------------------------------------------------------------ tools

    @ParameterizedTest
    @CsvSource({
        "me:pw, me:pw",
        "m%C3%A9:p%40%3A%25w, mé:p@:%w",
        "token, token:",
        "me:, me:",
    })
    void userInfoOfTheUrlIsBasicAuthentication(String userInfo, String pair) throws Exception {
        BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.start(peers::add);
                Link link =
                        Link.to(
                                server.url("/").replace("://", "://" + userInfo + "@"),
                                new RecordingListener(),
                                options -> {})) {
            link.awaitEnd();
            assertThat(peers.poll(30, TimeUnit.SECONDS).header("Authorization"))
                    .isEqualTo(
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Peer request(Consumer<Configuration> options) throws Exception {
        BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.start(peers::add);
                Link link = Link.to(server.url("/"), new RecordingListener(), options)) {
            link.awaitEnd();
            return peers.poll(30, TimeUnit.SECONDS);
        }
    }
}

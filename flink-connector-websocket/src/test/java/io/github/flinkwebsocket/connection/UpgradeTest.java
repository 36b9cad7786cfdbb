package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.Threads;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The upgrade from HTTP: what is asked for, and what becomes of every kind of answer. */
class UpgradeTest {

    @Nested
    class TheRequest {

        @Test
        void namesHostPathAndQuery() throws Exception {
            Peer peer = requestTo("/a%20b?c=%26d", false);
            assertThat(peer.path()).isEqualTo("/a%20b?c=%26d");
            assertThat(peer.header("Host")).matches("127\\.0\\.0\\.1:[0-9]+");
            assertThat(peer.header("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(peer.header("Authorization")).isNull();
            assertThat(peer.header("Sec-WebSocket-Extensions")).isNull();
            assertThat(peer.header("Sec-WebSocket-Protocol")).isNull();
        }

        @ParameterizedTest
        @CsvSource({
            "ws://example.com/, example.com",
            "ws://example.com:80/, example.com",
            "ws://example.com:443/, example.com:443",
            "wss://example.com/, example.com",
            "WSS://example.com:443/, example.com",
            "wss://example.com:80/, example.com:80",
            "ws://[::1]:8080/, [::1]:8080"
        })
        void leavesOutThePortOnlyIfItIsTheDefaultOfTheScheme(String url, String host) {
            assertThat(
                            new SocketConnector(URI.create(url), Feeds.of(url).connection())
                                    .hostHeader())
                    .isEqualTo(host);
        }

        @Test
        void turnsUserInfoIntoBasicAuthentication() throws Exception {
            CompletableFuture<Peer> request = new CompletableFuture<>();
            try (ScriptedServer server = ScriptedServer.start(request::complete);
                    Link link = to(server.url("/").replace("//", "//us%20er:p%40ss@"))) {
                link.awaitEnd();
                Peer peer = request.get(30, TimeUnit.SECONDS);
                String expected =
                        Base64.getEncoder()
                                .encodeToString("us er:p@ss".getBytes(StandardCharsets.UTF_8));
                assertThat(peer.header("Authorization")).isEqualTo("Basic " + expected);
                assertThat(peer.request()).doesNotContain("p@ss").doesNotContain("p%40ss");
            }
        }

        @Test
        void offersDeflateIfConfigured() throws Exception {
            assertThat(requestTo("/", true).header("Sec-WebSocket-Extensions"))
                    .isEqualTo("permessage-deflate; client_max_window_bits");
        }

        private Peer requestTo(String path, boolean deflate) throws Exception {
            CompletableFuture<Peer> request = new CompletableFuture<>();
            try (ScriptedServer server = ScriptedServer.start(request::complete);
                    Link link =
                            Link.to(
                                    server.url(path),
                                    new RecordingListener(),
                                    o -> o.set(WebSocketOptions.PERMESSAGE_DEFLATE, deflate))) {
                link.awaitEnd();
                return request.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Nested
    class AnAcceptingAnswer {

        @Test
        void mayBeCutAnywhereWithFramesRightBehindIt() throws Exception {
            int length = 160;
            try (ScriptedServer server =
                    ScriptedServer.start(
                            peer -> {
                                byte[] all = answerAndFrames(peer);
                                int cut = Math.min(all.length, peer.number());
                                peer.send(Arrays.copyOf(all, cut));
                                peer.send(Arrays.copyOfRange(all, cut, all.length));
                                peer.read(Frame.CLOSE);
                            })) {
                for (int cut = 1; cut <= length; cut++) {
                    try (Link link = Link.to(server)) {
                        assertThat(link.awaitEnd().code()).as("cut at %d", cut).isEqualTo(4000);
                        assertThat(link.listener.texts())
                                .as("cut at %d", cut)
                                .containsExactly("first", "second");
                    }
                }
                assertThat(server.connections()).isEqualTo(length);
            }
        }

        @Test
        void mayArriveByteByByte() throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        for (byte b : answerAndFrames(peer)) {
                                            peer.send(new byte[] {b});
                                        }
                                        peer.read(Frame.CLOSE);
                                    });
                    Link link = Link.to(server)) {
                assertThat(link.awaitEnd().code()).isEqualTo(4000);
                assertThat(link.listener.texts()).containsExactly("first", "second");
            }
        }

        private byte[] answerAndFrames(Peer peer) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(peer.upgradeResponse());
            bytes.writeBytes(Frame.text("first").encode());
            bytes.writeBytes(Frame.text("second").encode());
            bytes.writeBytes(Frame.close(4000, "end").encode());
            return bytes.toByteArray();
        }

        @Test
        void needsNoReasonPhrase() throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        answer(peer, s -> s.replace(" Switching Protocols", ""));
                                        peer.awaitEnd();
                                    });
                    Link link = Link.to(server)) {
                link.listener.awaitOpen();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Connection: keep-alive, Upgrade",
                    "Connection: keep-alive\r\nconnection: UPGRADE",
                    "Connection: upgrade ,\tclose",
                    "Connection: Upgrade\r\nUpgrade: WebSocket"
                })
        void mayNameTheUpgradeAmongOtherTokens(String connection) throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        answer(
                                                peer,
                                                s -> s.replace("Connection: Upgrade", connection));
                                        peer.awaitEnd();
                                    });
                    Link link = Link.to(server)) {
                link.listener.awaitOpen();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
                    "HTTP/1.1 100\r\n\r\n",
                    "HTTP/1.1 102 Processing\nA: b\n\n",
                    "HTTP/1.1 199 x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"
                })
        void mayComeAfterInterimOnes(String interim) throws Exception {
            byte[] bytes = interim.repeat(30).getBytes(StandardCharsets.US_ASCII);
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        if (peer.number() == 1) {
                                            peer.send(bytes);
                                            peer.send(answerAndFrames(peer));
                                        } else {
                                            for (byte b : bytes) {
                                                peer.send(new byte[] {b});
                                            }
                                            peer.send(answerAndFrames(peer));
                                        }
                                        peer.read(Frame.CLOSE);
                                    });
                    Link whole = Link.to(server)) {
                assertThat(whole.awaitEnd().code()).isEqualTo(4000);
                assertThat(whole.listener.texts()).containsExactly("first", "second");
                try (Link byteByByte = Link.to(server)) {
                    assertThat(byteByByte.awaitEnd().code()).isEqualTo(4000);
                    assertThat(byteByByte.listener.texts()).containsExactly("first", "second");
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "permessage-deflate",
                    "permessage-deflate; server_no_context_takeover",
                    "permessage-deflate;client_no_context_takeover ; server_max_window_bits=9",
                    "permessage-deflate; server_max_window_bits=\"15\"",
                    "permessage-deflate; client_max_window_bits=8"
                })
        void mayChooseDeflateAsOffered(String extension) throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        peer.accept("Sec-WebSocket-Extensions: " + extension);
                                        peer.awaitEnd();
                                    });
                    Link link =
                            Link.to(
                                    server,
                                    o -> o.set(WebSocketOptions.PERMESSAGE_DEFLATE, true))) {
                link.listener.awaitOpen();
            }
        }
    }

    @Nested
    class AWrongAnswer {

        @Test
        void hasAnotherKey() throws Exception {
            assertEnd("Sec-WebSocket-Accept", s -> s.replaceAll("Accept: .", "Accept: !"));
        }

        @Test
        void lacksTheUpgrade() throws Exception {
            assertEnd("Upgrade, Connection", s -> s.replace("Upgrade: websocket", "Upgrade: h2c"));
            assertEnd("Upgrade, Connection", s -> s.replace("Connection: Upgrade\r\n", ""));
            assertEnd("Upgrade, Connection", s -> s.replace("websocket", "websocket, h2c"));
            for (String connection :
                    new String[] {"no-upgrade-for-you", "upgrades", "keep-alive"}) {
                assertEnd(
                        "Upgrade, Connection",
                        s -> s.replace("Connection: Upgrade", "Connection: " + connection));
            }
        }

        @Test
        void repeatsTheKey() throws Exception {
            assertEnd("Sec-WebSocket-Accept", s -> s.replaceAll("(Sec.*)\r\n", "$1\r\n$1\r\n"));
        }

        @Test
        void hasFoldedHeaders() throws Exception {
            assertEnd(
                    "status 101 is folded over two lines",
                    s -> s.replace("Connection: Upgrade", "Connection: keep-alive,\r\n Upgrade"));
            assertEnd(
                    "status 101 is folded over two lines",
                    s ->
                            s.replace(
                                    "Sec-WebSocket-Accept",
                                    "X-Note: see\r\n\tSec-WebSocket-Accept"));
            assertEnd(
                    "status 101 is folded over two lines",
                    s -> s.replace("Upgrade: websocket", " Upgrade: websocket"));
        }

        @Test
        void consistsOfInterimOnesWithoutEnd() throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        byte[] interim =
                                                "HTTP/1.1 103 x\r\n\r\n"
                                                        .repeat(1000)
                                                        .getBytes(StandardCharsets.US_ASCII);
                                        while (true) {
                                            peer.send(interim);
                                        }
                                    });
                    Link link = Link.to(server)) {
                assertThat(link.awaitEnd().reason()).contains("longer than 65536 bytes");
            }
        }

        @Test
        void choosesASubprotocolThatWasNotOffered() throws Exception {
            assertEnd(
                    "chose the subprotocol 'mqtt', which was not offered",
                    s -> s.replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"permessage-deflate", "x-other"})
        void choosesAnExtensionThatWasNotOffered(String extension) throws Exception {
            assertEnd(
                    "chose the extensions '" + extension + "', which were not offered",
                    s ->
                            s.replace(
                                    "\r\n\r\n",
                                    "\r\nSec-WebSocket-Extensions: " + extension + "\r\n\r\n"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "permessage-deflate; client_max_window_bits",
                    "permessage-deflate; server_max_window_bits=7",
                    "permessage-deflate; server_max_window_bits=16",
                    "permessage-deflate, x-other",
                    "x-other; server_no_context_takeover"
                })
        void choosesDeflateOtherThanOffered(String extension) throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        peer.accept("Sec-WebSocket-Extensions: " + extension);
                                        peer.awaitEnd();
                                    });
                    Link link =
                            Link.to(
                                    server,
                                    o -> o.set(WebSocketOptions.PERMESSAGE_DEFLATE, true))) {
                assertThat(link.awaitEnd().reason()).contains(extension).contains("not offered");
                assertThat(link.listener.isOpened()).isFalse();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "server_no_context_takeover; server_no_context_takeover | repeat the parameter",
                    "server_max_window_bits=10; server_max_window_bits=12   | repeat the parameter",
                    "server_max_window_bits=\"9                             | not well-formed",
                    "server_max_window_bits=9\"                             | not well-formed"
                })
        void hasExtensionsThatAreWrong(String parameters, String wrong) throws Exception {
            String header = "Sec-WebSocket-Extensions: permessage-deflate; " + parameters;
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        peer.accept(header);
                                        peer.awaitEnd();
                                    });
                    Link link =
                            Link.to(
                                    server,
                                    o -> o.set(WebSocketOptions.PERMESSAGE_DEFLATE, true))) {
                assertThat(link.awaitEnd().reason()).contains(parameters, wrong);
            }
        }

        @Test
        void isNotHttp() throws Exception {
            assertEnd("did not answer with HTTP/1.1", s -> "SSH-2.0-OpenSSH_9.6\r\n");
        }

        @Test
        void hasHeadersWithoutEnd() throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        answer(peer, s -> "HTTP/1.1 101 x\r\n");
                                        byte[] more =
                                                "A: b\r\n"
                                                        .repeat(1000)
                                                        .getBytes(StandardCharsets.US_ASCII);
                                        while (true) {
                                            peer.send(more);
                                        }
                                    });
                    Link link = Link.to(server)) {
                assertThat(link.awaitEnd().reason()).contains("longer than 65536 bytes");
            }
        }

        private void assertEnd(String reason, Edit edit) throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        answer(peer, edit);
                                        peer.awaitEnd();
                                    });
                    Link link = Link.to(server)) {
                Termination end = link.awaitEnd();
                assertThat(end.code()).isEqualTo(1006);
                assertThat(end.isRemote()).isFalse();
                assertThat(end.reason()).contains(reason);
                assertThat(link.listener.isOpened()).isFalse();
            }
        }
    }

    @Nested
    class NoAnswer {

        @Test
        void butTheEndOfTheConnectionIsReported() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(Peer::drop);
                    Link link = Link.to(server)) {
                assertThat(link.awaitEnd().cause())
                        .isInstanceOf(EOFException.class)
                        .hasMessage(
                                "the server ended the connection before it answered the upgrade");
            }
        }

        @Test
        void isEndedByAbort() throws Exception {
            CountDownLatch requested = new CountDownLatch(1);
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        requested.countDown();
                                        peer.awaitEnd();
                                    });
                    Link link = Link.to(server)) {
                requested.await();
                Exception cause = new SocketTimeoutException("too slow");
                link.connection.abort(cause);
                assertThat(link.awaitEnd().cause()).isSameAs(cause);
            }
        }

        @Test
        void comesFromAServerWithAFullBacklogAndAbortEndsThatToo() throws Exception {
            List<Socket> waiting = new ArrayList<>();
            try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                fillBacklog(full, waiting);
                String url = "ws://127.0.0.1:" + full.getLocalPort() + "/";
                try (Link link = to(url)) {
                    Await.until("the thread connects", () -> Threads.isIn("connect", "websocket-"));
                    Exception cause = new SocketTimeoutException("too slow");
                    link.connection.abort(cause);
                    assertThat(link.awaitEnd().cause()).isSameAs(cause);
                }
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }

        private void fillBacklog(ServerSocket server, List<Socket> sockets) throws Exception {
            try {
                while (true) {
                    Socket socket = new Socket();
                    sockets.add(socket);
                    socket.connect(
                            new InetSocketAddress(server.getInetAddress(), server.getLocalPort()),
                            300);
                }
            } catch (SocketTimeoutException e) {
                // It takes no more.
            }
        }

        @Test
        void comesFromAClosedPort() throws Exception {
            int port;
            try (ServerSocket closed = new ServerSocket(0)) {
                port = closed.getLocalPort();
            }
            try (Link link = to("ws://127.0.0.1:" + port + "/")) {
                assertThat(link.awaitEnd().reason()).contains("refused");
            }
        }

        @Test
        void comesFromAnUnknownHost() throws Exception {
            try (Link link = to("ws://no-such-host.invalid/")) {
                assertThat(link.awaitEnd().reason())
                        .isEqualTo("unknown host 'no-such-host.invalid'");
            }
        }
    }

    private interface Edit {
        String apply(String answer);
    }

    private static void answer(Peer peer, Edit edit) throws Exception {
        String answer = new String(peer.upgradeResponse(), StandardCharsets.US_ASCII);
        peer.send(edit.apply(answer).getBytes(StandardCharsets.US_ASCII));
    }

    private static Link to(String url) {
        return Link.to(url, new RecordingListener(), options -> {});
    }
}

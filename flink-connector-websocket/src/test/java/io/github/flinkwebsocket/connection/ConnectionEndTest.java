package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.credentials.CredentialProvider;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.Messages;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.Threads;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The ends of a {@link WebSocketConnection}: each has its code and its cause, and comes once. */
class ConnectionEndTest {

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 1012, 4321})
    void comesFromTheServersCloseFrameWhichIsAnswered(int code) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().send(Frame.text("last"), Frame.close(code, "so"));
                                    Frame answer = peer.read();
                                    assertThat(answer.opcode()).isEqualTo(Frame.CLOSE);
                                    assertThat(answer.closeCode()).isEqualTo(code);
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server)) {
            Termination end = link.awaitEnd();
            assertThat(end.code()).isEqualTo(code);
            assertThat(end.isRemote()).isTrue();
            assertThat(end.reason()).isEqualTo("the server closed it with code " + code + ": so");
            assertThat(end.cause()).isNull();
            assertThat(link.listener.texts()).containsExactly("last");
        }
    }

    @Test
    void comesFromACloseFrameWithoutCodeWhichIsAnsweredWithoutCode() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().send(Frame.of(true, Frame.CLOSE, new byte[0]));
                                    Frame answer = peer.read();
                                    assertThat(answer.opcode()).isEqualTo(Frame.CLOSE);
                                    assertThat(answer.payload).isEmpty();
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server)) {
            Termination end = link.awaitEnd();
            assertThat(end.code()).isEqualTo(1005);
            assertThat(end.isRemote()).isTrue();
            assertThat(end.reason()).isEqualTo("the server closed it with code 1005");
        }
    }

    @Test
    void comesFromATcpReset() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> afterOpen(peer).reset());
                Link link = Link.to(server, saying("open"))) {
            Termination end = link.awaitEnd();
            assertThat(end.code()).isEqualTo(1006);
            assertThat(end.isRemote()).isFalse();
            assertThat(end.cause()).isInstanceOf(SocketException.class);
            assertThat(end.reason()).contains("reset");
        }
    }

    @Test
    void comesFromAWriteThatFailsWhileTheListenerBlocks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RecordingListener listener =
                new RecordingListener()
                        .beforeMessages(
                                c -> {
                                    blocked.countDown();
                                    release.await();
                                });
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("a");
                                    blocked.await();
                                    peer.reset();
                                });
                Link link = Link.to(server, listener)) {
            blocked.await();
            Await.until(
                    "a message can't be written",
                    () -> {
                        link.connection.send("nobody hears this");
                        return !Threads.isAlive("WebSocketWriteThread");
                    });
            release.countDown();
            assertThat(link.awaitEnd().cause()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void comesFromAnEndOfTheStreamWithoutCloseFrame() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> afterOpen(peer).drop());
                Link link = Link.to(server, saying("open"))) {
            assertEndOfStream(link.awaitEnd());
        }
    }

    @Test
    void comesFromAServerThatClosesItsHalf() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    afterOpen(peer).sendText("last").socket().shutdownOutput();
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server, saying("open"))) {
            assertEndOfStream(link.awaitEnd());
            assertThat(link.listener.texts()).containsExactly("last");
        }
    }

    @Test
    void comesFromAServerThatLeavesInTheMiddleOfAMessage() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    afterOpen(peer).sendText("whole");
                                    peer.send(Frame.text("ha").encodeDeclaring(4)).drop();
                                });
                Link link = Link.to(server, saying("open"))) {
            assertEndOfStream(link.awaitEnd());
            assertThat(link.listener.texts()).containsExactly("whole");
        }
    }

    private static void assertEndOfStream(Termination end) {
        assertThat(end.code()).isEqualTo(1006);
        assertThat(end.isRemote()).isFalse();
        assertThat(end.cause()).isInstanceOf(EOFException.class);
        assertThat(end.reason()).isEqualTo("the server ended the connection without a close frame");
    }

    // ------------------------------------------------------------------ the listener

    @Test
    void comesFromAnExceptionOfTheListener() throws Exception {
        RuntimeException failure = new IllegalStateException("listener");
        assertThat(endAfterThrowing(failure).cause()).isSameAs(failure);
    }

    @Test
    void comesFromAnErrorOfTheListener() throws Exception {
        for (Error failure :
                new Error[] {new OutOfMemoryError("listener"), new NoClassDefFoundError("x")}) {
            assertThat(endAfterThrowing(failure).cause()).isSameAs(failure);
        }
        Error other = new AssertionError("listener");
        assertThat(endAfterThrowing(other).cause()).hasRootCause(other);
    }

    private static Termination endAfterThrowing(Throwable failure) throws Exception {
        RecordingListener listener =
                new RecordingListener()
                        .beforeMessages(c -> ConnectionEndTest.<RuntimeException>raise(failure));
        try (ScriptedServer server = ScriptedServer.sending(Frame.text("a"));
                Link link = Link.to(server, listener)) {
            Termination end = link.awaitEnd();
            assertThat(end.code()).isEqualTo(1006);
            assertThat(end.reason()).contains(failure.getMessage());
            return end;
        }
    }

    @Test
    void comesFromAListenerThatFailsWhenTheConnectionOpens() throws Exception {
        for (Throwable failure :
                new Throwable[] {new IllegalStateException("x"), new OutOfMemoryError("x")}) {
            RecordingListener listener =
                    new RecordingListener()
                            .onOpen(c -> ConnectionEndTest.<RuntimeException>raise(failure));
            try (ScriptedServer server = ScriptedServer.sending(Frame.text("a"));
                    Link link = Link.to(server, listener)) {
                assertThat(link.awaitEnd().cause()).isSameAs(failure);
            }
        }
    }

    @Test
    void comesFromAListenerThatIsInterrupted() throws Exception {
        RecordingListener listener =
                new RecordingListener()
                        .beforeMessages(
                                c -> {
                                    throw new InterruptedException("gives up");
                                });
        try (ScriptedServer server = ScriptedServer.sending(Frame.text("a"));
                Link link = Link.to(server, listener)) {
            assertThat(link.awaitEnd().cause())
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("gives up");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }

    // ------------------------------------------------------------------ abort

    @Test
    void comesFromAbort() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().awaitEnd();
                                    gone.countDown();
                                });
                Link link = Link.to(server)) {
            link.listener.awaitOpen();
            Exception cause = new IOException("enough");
            link.connection.abort(cause);
            link.connection.abort(new IOException("again"));
            assertThat(link.awaitEnd().cause()).isSameAs(cause);
            assertThat(link.awaitEnd().reason()).isEqualTo("enough");
            gone.await();
        }
    }

    @Test
    void comesFromAbortBeforeTheStartToo() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.accept().awaitEnd());
                Link link = Link.abortedBeforeStart(server, new IOException("enough"))) {
            assertThat(link.awaitEnd().reason()).isEqualTo("enough");
            assertThat(link.listener.isOpened()).isFalse();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void reachesTheServerAtOnceButTheListenerOnlyWhenItNoLongerBlocks() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener().beforeMessages(c -> release.await());
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("a").awaitEnd();
                                    gone.countDown();
                                });
                Link link = Link.to(server, listener)) {
            link.listener.awaitBatches(1);
            link.connection.abort(new IOException("enough"));
            gone.await();
            assertThat(link.listener.isEnded()).isFalse();
            release.countDown();
            assertThat(link.awaitEnd().reason()).isEqualTo("enough");
        }
    }

    @Test
    void comesFromAbortWhileAWriteIsStuck() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.socket().setReceiveBufferSize(4096);
                                    peer.accept();
                                    new CountDownLatch(1).await();
                                });
                Link link = Link.to(server)) {
            link.listener.awaitOpen();
            String large = "x".repeat(1 << 20);
            for (int i = 0; i < 30; i++) {
                link.connection.send(large);
            }
            Await.until("the write is stuck", () -> Threads.isIn("write", "WebSocketWrite"));
            link.connection.abort(new IOException("enough"));
            assertThat(link.awaitEnd().reason()).isEqualTo("enough");
        }
    }

    // ------------------------------------------------------------------ TLS

    @Test
    void comesFromAbortWhileTheServerIsSilentDuringTheTlsHandshake() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {});
                Link link =
                        Link.to(
                                server.url("/").replace("ws:", "wss:"),
                                new RecordingListener(),
                                o -> {})) {
            Await.until("TLS has begun", () -> Threads.isIn("startHandshake", "websocket-"));
            link.connection.abort(new IOException("too slow"));
            assertThat(link.awaitEnd().reason()).isEqualTo("too slow");
        }
    }

    @Test
    void comesFromAbortWhileCredentialsAreAwaited() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener();
        WebSocketConnection connection = withCredentials(refresh -> block(asked), listener);
        connection.start();
        asked.await();
        connection.abort(new IOException("too slow"));
        assertThat(listener.awaitEnd().reason()).isEqualTo("too slow");
        Threads.awaitNoneOfConnections();
    }

    @Test
    void comesFromAbortBeforeCredentialsAreAskedFor() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener();
        WebSocketConnection connection = withCredentials(refresh -> block(asked), listener);
        connection.abort(new IOException("too slow"));
        connection.start();
        assertThat(listener.awaitEnd().reason()).isEqualTo("too slow");
        assertThat(asked.getCount()).isOne();
        Threads.awaitNoneOfConnections();
    }

    private static WebSocketConnection withCredentials(
            CredentialProvider credentials, RecordingListener listener) {
        String url = "ws://127.0.0.1:1/";
        Configuration options = new Configuration();
        options.set(WebSocketOptions.URL, List.of(url));
        return new WebSocketConnection(
                Messages.CONNECTION,
                UpgradeRequest.to(URI.create(url)),
                Feed.of(options, credentials).connection(),
                List.of(),
                listener);
    }

    private static Map<String, String> block(CountDownLatch asked) throws IOException {
        asked.countDown();
        try {
            if (new CountDownLatch(1).await(20, TimeUnit.SECONDS)) {
                return Map.of();
            }
            throw new IOException("nobody broke it off");
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the token server did not answer");
        }
    }

    private static RecordingListener saying(String text) {
        return new RecordingListener().onOpen(c -> c.send(text));
    }

    /** Accepts, and waits until the client is really open. */
    private static Peer afterOpen(Peer peer) throws IOException {
        peer.accept().read(Frame.TEXT);
        return peer;
    }
}

package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.MessageDeflater;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.MemorySize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A conversation on a {@link WebSocketConnection}; {@link ConnectionEndTest} has its ends. */
class WebSocketConnectionTest {

    @Test
    void handsOverMessagesWithWhereAndWhenTheyCame() throws Exception {
        long before = System.currentTimeMillis();
        try (ScriptedServer server =
                        ScriptedServer.sending(
                                Frame.text("grün"), Frame.binary(new byte[] {0, (byte) 0xFF}));
                Link link = Link.to(server)) {
            link.listener.awaitMessages(2);

            WebSocketMessage first = link.listener.messages().get(0);
            assertThat(first.isText()).isTrue();
            assertThat(first.getText()).isEqualTo("grün");
            assertThat(first.getMessageNumber()).isEqualTo(1);
            assertThat(first.getConnectionNumber()).isEqualTo(1);
            assertThat(first.getSplitId()).isEqualTo("split");
            assertThat(first.getReceiveTime()).isBetween(before, System.currentTimeMillis());

            WebSocketMessage second = link.listener.messages().get(1);
            assertThat(second.isText()).isFalse();
            assertThat(second.getPayload()).containsExactly(0, 0xFF);
            assertThat(second.getMessageNumber()).isEqualTo(2);
        }
    }

    @Test
    void sendsWhatTheListenerSendsWhenItOpens() throws Exception {
        RecordingListener listener =
                new RecordingListener()
                        .onOpen(
                                c -> {
                                    c.send("one");
                                    c.send("zwölf");
                                    c.ping();
                                });
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    assertThat(peer.read().text()).isEqualTo("one");
                                    assertThat(peer.read().text()).isEqualTo("zwölf");
                                    assertThat(peer.read().opcode()).isEqualTo(Frame.PING);
                                    peer.close(4000, "all there");
                                });
                Link link = Link.to(server, listener)) {
            assertThat(link.awaitEnd().code()).isEqualTo(4000);
        }
    }

    @Test
    void sendsBinaryMessagesOfAnyLength() throws Exception {
        byte[] large = new byte[70_000];
        new Random(1).nextBytes(large);
        RecordingListener listener =
                new RecordingListener()
                        .onOpen(
                                c -> {
                                    c.send(new byte[0]);
                                    c.send(large);
                                });
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    Frame first = peer.read();
                                    assertThat(first.opcode()).isEqualTo(Frame.BINARY);
                                    assertThat(first.payload).isEmpty();
                                    Frame second = peer.read();
                                    assertThat(second.opcode()).isEqualTo(Frame.BINARY);
                                    assertThat(second.payload).isEqualTo(large);
                                    peer.close(4000, "all there");
                                });
                Link link = Link.to(server, listener)) {
            assertThat(link.awaitEnd().code()).isEqualTo(4000);
        }
    }

    @Test
    void isOpenFromTheUpgradeToTheEnd() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    peer.read(Frame.TEXT);
                                    peer.close(1000, "");
                                });
                Link link = Link.to(server)) {
            link.listener.awaitOpen();
            assertThat(link.connection.isOpen()).isTrue();
            link.connection.send("bye");
            link.awaitEnd();
            assertThat(link.connection.isOpen()).isFalse();
        }
    }

    @Test
    void ignoresWhatIsSentWhileItIsNotOpen() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    mayAnswer.await();
                                    peer.accept();
                                    assertThat(peer.read().text()).isEqualTo("open");
                                    peer.close(1000, "");
                                });
                Link link = Link.to(server)) {
            link.connection.send("too early");
            link.connection.send(new byte[] {1});
            link.connection.ping();
            mayAnswer.countDown();
            link.listener.awaitOpen();
            link.connection.send("open");
            assertThat(link.awaitEnd().code()).isEqualTo(1000);
            link.connection.send("too late");
            link.connection.send(new byte[] {1});
            link.connection.ping();
            link.connection.close(1000, "");
        }
    }

    @Test
    void answersPingsWithTheirPayload() throws Exception {
        byte[] payload = new byte[125];
        new Random(1).nextBytes(payload);
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().send(Frame.of(true, Frame.PING, payload));
                                    assertThat(peer.read(Frame.PONG).payload).isEqualTo(payload);
                                    peer.send(Frame.ping(""));
                                    assertThat(peer.read(Frame.PONG).payload).isEmpty();
                                    peer.close(4000, "");
                                });
                Link link = Link.to(server)) {
            assertThat(link.awaitEnd().code()).isEqualTo(4000);
        }
    }

    @Test
    void answersAPingBeforeTheMessagesOfTheSameReadAreHandedOver() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener().beforeMessages(c -> answered.await());
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().send(Frame.text("a"), Frame.ping("now"));
                                    assertThat(peer.read(Frame.PONG).text()).isEqualTo("now");
                                    answered.countDown();
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server, listener)) {
            link.listener.awaitMessages(1);
            assertThat(link.listener.texts()).containsExactly("a");
        }
    }

    @Test
    void isNotSilentWhileTheListenerBlocks() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener().beforeMessages(c -> release.await());
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    peer.read(Frame.TEXT);
                                    peer.sendText("a");
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server, listener)) {
            link.listener.awaitOpen();
            Await.until("silence is noticed", () -> link.connection.silence() > 20_000_000);
            link.connection.send("go on");
            link.listener.awaitBatches(1);
            assertThat(link.connection.silence()).isZero();
            release.countDown();
            Await.until("it is silent again", () -> link.connection.silence() > 20_000_000);
        }
    }

    /**
     * The ping of a client that does not read makes a server that has left throw away its words.
     */
    @Test
    void sendsNoPingWhileTheListenerBlocks() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener().beforeMessages(c -> release.await());
        CompletableFuture<Integer> next = new CompletableFuture<>();
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("a");
                                    next.complete(peer.read().opcode());
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server, listener)) {
            link.listener.awaitBatches(1);
            link.connection.ping();
            link.connection.send("a message, not the ping");
            assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(Frame.TEXT);
            release.countDown();
        }
    }

    @Test
    void reassemblesLargeMessages() throws Exception {
        byte[] large = new byte[1 << 20];
        new Random(2).nextBytes(large);
        int part = 100_000;
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    for (int i = 0; i < large.length; i += part) {
                                        int end = Math.min(large.length, i + part);
                                        peer.send(
                                                Frame.of(
                                                        end == large.length,
                                                        i == 0 ? Frame.BINARY : Frame.CONTINUATION,
                                                        Arrays.copyOfRange(large, i, end)),
                                                Frame.ping("between"));
                                    }
                                    peer.send(Frame.binary(large));
                                    peer.close(1000, "");
                                });
                Link link = Link.to(server)) {
            assertThat(link.awaitEnd().code()).isEqualTo(1000);
            assertThat(link.listener.messages()).hasSize(2);
            assertThat(link.listener.messages().get(0).getPayload()).isEqualTo(large);
            assertThat(link.listener.messages().get(1).getPayload()).isEqualTo(large);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsCompressedMessages(boolean contextTakeover) throws Exception {
        String text = "{\"price\":1,\"price\":1,\"price\":1}";
        try (MessageDeflater deflater = new MessageDeflater(contextTakeover);
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept(
                                            "Sec-WebSocket-Extensions: permessage-deflate"
                                                    + (contextTakeover
                                                            ? ""
                                                            : "; server_no_context_takeover"));
                                    peer.send(deflater.frame(text), deflater.frame(text));
                                    peer.send(Frame.text("plain"), deflater.frame(""));
                                    peer.close(1000, "");
                                });
                Link link =
                        Link.to(server, o -> o.set(WebSocketOptions.PERMESSAGE_DEFLATE, true))) {
            assertThat(link.awaitEnd().code()).isEqualTo(1000);
            assertThat(link.listener.texts()).containsExactly(text, text, "plain", "");
        }
    }

    @Test
    void refusesCompressedMessagesThatWereNotAgreed() throws Exception {
        try (MessageDeflater deflater = new MessageDeflater(true);
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().send(deflater.frame("a"));
                                    assertThat(peer.read(Frame.CLOSE).closeCode()).isEqualTo(1002);
                                });
                Link link = Link.to(server)) {
            assertThat(link.awaitEnd().code()).isEqualTo(1002);
        }
    }

    @Test
    void saysWhyItRefusesWhatTheServerSent() throws Exception {
        byte[] notUtf8 = {(byte) 0xC0};
        byte[][] wrong = {
            Frame.text("masked").encodeMasked(),
            Frame.of(true, Frame.TEXT, notUtf8).encode(),
            Frame.binary(new byte[1025]).encode()
        };
        int[] codes = {1002, 1007, 1009};
        for (int i = 0; i < wrong.length; i++) {
            byte[] bytes = wrong[i];
            int code = codes[i];
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        peer.accept().sendText("valid").send(bytes);
                                        Frame close = peer.read(Frame.CLOSE);
                                        assertThat(close.closeCode()).isEqualTo(code);
                                        assertThat(close.closeReason()).isNotEmpty();
                                    });
                    Link link =
                            Link.to(
                                    server,
                                    o ->
                                            o.set(
                                                    WebSocketOptions.MAX_MESSAGE_SIZE,
                                                    new MemorySize(1024)))) {
                Termination end = link.awaitEnd();
                assertThat(end.code()).isEqualTo(code);
                assertThat(end.isRemote()).isFalse();
                assertThat(end.cause()).hasMessage(end.reason());
                assertThat(link.listener.texts()).containsExactly("valid");
            }
        }
    }

    @Test
    void keepsTheReasonOfItsCloseFrameWithin123BytesOfWholeCharacters() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    Frame close = peer.read(Frame.CLOSE);
                                    assertThat(close.closeCode()).isEqualTo(4001);
                                    byte[] reason =
                                            close.closeReason().getBytes(StandardCharsets.UTF_8);
                                    assertThat(reason).hasSize(122);
                                    assertThat(close.closeReason()).isEqualTo("é".repeat(61));
                                    peer.send(Frame.close(4001, ""));
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server)) {
            link.listener.awaitOpen();
            link.connection.close(4001, "é".repeat(100));
            assertThat(link.awaitEnd().code()).isEqualTo(4001);
        }
    }

    @Test
    void sendsOneCloseFrameOnly() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept();
                                    assertThat(peer.read().closeCode()).isEqualTo(1000);
                                    peer.send(Frame.ping("more?"));
                                    assertThat(peer.read().opcode()).isEqualTo(Frame.PONG);
                                    peer.send(Frame.close(1000, ""));
                                    peer.awaitEnd();
                                });
                Link link = Link.to(server)) {
            link.listener.awaitOpen();
            link.connection.close(1000, "finished");
            link.connection.close(1001, "going away");
            assertThat(link.awaitEnd().code()).isEqualTo(1000);
        }
    }
}

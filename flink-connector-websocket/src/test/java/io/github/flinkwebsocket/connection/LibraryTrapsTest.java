package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.MessageDeflater;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.MemorySize;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the library does with what a server sends, and what we do: each pair plays one script. If a
 * test of the stock client fails, the library has mended the fault and ours may become simpler.
 */
class LibraryTrapsTest {

    private static final int LIMIT = 65_536;

    @Nested
    class AFrameHeaderThatDeclares2GiB {

        private final ScriptedServer.Script script =
                peer -> {
                    byte[] header = Frame.binary(new byte[0]).encodeDeclaring((1L << 31) - 16);
                    peer.accept().send(Frame.text("before")).send(header);
                    peer.awaitEnd();
                };

        @Test
        void killsTheStockClientsThreadWithoutAWord() throws Exception {
            HotSpotDiagnosticMXBean jvm =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            String dump = jvm.getVMOption("HeapDumpOnOutOfMemoryError").getValue();
            Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
            CompletableFuture<Throwable> death = new CompletableFuture<>();
            jvm.setVMOption("HeapDumpOnOutOfMemoryError", "false");
            Thread.setDefaultUncaughtExceptionHandler((thread, e) -> death.complete(e));
            try (ScriptedServer server = ScriptedServer.start(script)) {
                withStock(
                        new StockClient(server).connected(),
                        client -> {
                            assertThat(death.get(30, TimeUnit.SECONDS))
                                    .isInstanceOf(OutOfMemoryError.class);
                            assertThat(client.isOpen()).isTrue();
                            assertThat(client.errors).isEmpty();
                            assertThat(client.closed.getCount()).isEqualTo(1);
                        });
            } finally {
                Thread.setDefaultUncaughtExceptionHandler(handler);
                jvm.setVMOption("HeapDumpOnOutOfMemoryError", dump);
            }
        }

        @Test
        void endsOurConnectionWith1009() throws Exception {
            assertOursEndsWith(1009, script, "before");
        }
    }

    @Nested
    class AMessageOfFragmentsWithoutEnd {

        private final ScriptedServer.Script script =
                peer -> {
                    peer.accept().send(Frame.of(false, Frame.TEXT, new byte[1]));
                    byte[] fragment =
                            Frame.of(false, Frame.CONTINUATION, new byte[LIMIT / 2]).encode();
                    for (int i = 0; i < 100; i++) {
                        peer.send(fragment);
                    }
                    peer.send(Frame.ping("still there?")).read(Frame.PONG);
                    peer.send(Frame.close(4000, "took it all")).awaitEnd();
                };

        @Test
        void isHeldByTheStockClientFarBeyondItsMaxFrameSize() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                withStock(
                        new StockClient(server, new Draft_6455(List.of(), LIMIT), 0).connected(),
                        client -> {
                            StockClient.await(client.closed);
                            assertThat(client.closeCode).isEqualTo(4000);
                        });
            }
        }

        @Test
        void endsOurConnectionWith1009() throws Exception {
            assertOursEndsWith(1009, script);
        }
    }

    @Nested
    class ASmallFrameThatDecompressesToManyMegabytes {

        private static final int SIZE = 30 << 20;

        private final ScriptedServer.Script script =
                peer -> {
                    try (MessageDeflater deflater = new MessageDeflater(true)) {
                        byte[] bomb = deflater.compress(new byte[SIZE]);
                        assertThat(bomb.length).isLessThan(LIMIT);
                        peer.accept("Sec-WebSocket-Extensions: permessage-deflate");
                        peer.send(Frame.of(true, Frame.BINARY, bomb).withReservedBits(0x40));
                        peer.awaitEnd();
                    }
                };

        @Test
        void isDeliveredByTheStockClientInSpiteOfItsMaxFrameSize() throws Exception {
            Draft_6455 draft = new Draft_6455(List.of(new PerMessageDeflateExtension()), LIMIT);
            try (ScriptedServer server = ScriptedServer.start(script)) {
                withStock(
                        new StockClient(server, draft, 0).connected(),
                        client -> {
                            client.awaitMessages(1);
                            assertThat(client.messages).containsExactly("binary of " + SIZE);
                        });
            }
        }

        @Test
        void endsOurConnectionWith1009() throws Exception {
            assertOursEndsWith(1009, script);
        }
    }

    @Nested
    class FiftyValidMessagesBeforeABadFrameInOneRead {

        private final ScriptedServer.Script script =
                peer -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    for (int i = 0; i < 50; i++) {
                        bytes.writeBytes(Frame.text("message " + i).encode());
                    }
                    bytes.writeBytes(Frame.of(true, 7, new byte[0]).encode());
                    peer.accept();
                    peer.read(Frame.TEXT);
                    peer.send(bytes.toByteArray()).awaitEnd();
                };

        @Test
        void areAllLostByTheStockClient() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                withStock(
                        new StockClient(server).connected(),
                        client -> {
                            client.send("go");
                            StockClient.await(client.closed);
                            assertThat(client.messages).isEmpty();
                        });
            }
        }

        @Test
        void areAllHandedOverByUs() throws Exception {
            RecordingListener listener = new RecordingListener().onOpen(c -> c.send("go"));
            try (ScriptedServer server = ScriptedServer.start(script);
                    Link link = Link.to(server, listener)) {
                assertThat(link.awaitEnd().code()).isEqualTo(1002);
                assertThat(link.listener.texts()).hasSize(50).endsWith("message 49");
            }
        }
    }

    @Nested
    class MessagesThatArriveAfterOurCloseFrame {

        private final CountDownLatch closeReturned = new CountDownLatch(1);

        /** The library sends its close frame before it begins to drop, so the server waits. */
        private final ScriptedServer.Script script =
                peer -> {
                    peer.accept().read(Frame.CLOSE);
                    StockClient.await(closeReturned);
                    peer.send(Frame.text("a"), Frame.text("b"), Frame.close(1000, ""));
                    peer.awaitEnd();
                };

        @Test
        void areDroppedByTheStockClient() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                withStock(
                        new StockClient(server).connected(),
                        client -> {
                            client.close();
                            closeReturned.countDown();
                            client.closeBlocking();
                            assertThat(client.messages).isEmpty();
                        });
            }
        }

        @Test
        void areHandedOverByUs() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script);
                    Link link = Link.to(server)) {
                link.listener.awaitOpen();
                link.connection.close(1000, "");
                closeReturned.countDown();
                assertThat(link.awaitEnd().code()).isEqualTo(1000);
                assertThat(link.listener.texts()).containsExactly("a", "b");
            }
        }
    }

    @Nested
    class ARefusedUpgrade {

        private final ScriptedServer.Script script =
                peer -> {
                    String answer =
                            "HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Length: 5\r\n"
                                    + "\r\nquota";
                    peer.send(answer.getBytes(StandardCharsets.US_ASCII)).awaitEnd();
                };

        @Test
        void isA1002WithoutHeadersAndBodyForTheStockClient() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                withStock(
                        new StockClient(server),
                        client -> {
                            client.connect();
                            StockClient.await(client.closed);
                            assertThat(client.closeCode).isEqualTo(1002);
                            assertThat(client.closeReason)
                                    .doesNotContain("quota")
                                    .doesNotContain("Retry-After");
                            assertThat(client.errors).isEmpty();
                        });
            }
        }

        @Test
        void hasStatusHeadersAndBodyForUs() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script);
                    Link link = Link.to(server)) {
                UpgradeRefusedException refusal = (UpgradeRefusedException) link.awaitEnd().cause();
                assertThat(refusal.response().status()).isEqualTo(429);
                assertThat(refusal.response().header("Retry-After")).isEqualTo("7");
                assertThat(refusal).hasMessageContaining("quota");
            }
        }
    }

    @Nested
    class AMaskedFrame {

        private final ScriptedServer.Script script =
                peer -> peer.accept().send(Frame.text("masked").encodeMasked()).awaitEnd();

        @Test
        void isAcceptedByTheStockClient() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                withStock(
                        new StockClient(server).connected(),
                        client -> {
                            client.awaitMessages(1);
                            assertThat(client.messages).containsExactly("masked");
                        });
            }
        }

        @Test
        void isAProtocolErrorForUs() throws Exception {
            assertOursEndsWith(1002, script);
        }
    }

    @Nested
    class APeerThatPingsAndDoesNotRead {

        private static final int PINGS = FramesWithoutData.MAX_PER_MINUTE;
        private static final int SOCKET_BYTES = 1 << 18;

        private final CompletableFuture<Integer> pongs = new CompletableFuture<>();

        private final ScriptedServer.Script script =
                peer -> {
                    peer.accept();
                    peer.socket().setReceiveBufferSize(SOCKET_BYTES);
                    byte[] ping = Frame.of(true, Frame.PING, new byte[125]).encode();
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    for (int i = 0; i < PINGS; i++) {
                        bytes.writeBytes(ping);
                    }
                    peer.send(bytes.toByteArray()).send(Frame.close(1000, ""));
                    int count = 0;
                    try {
                        while (peer.read().opcode() != Frame.CLOSE) {
                            count++;
                        }
                    } finally {
                        pongs.complete(count);
                    }
                };

        @Test
        void makesTheStockClientKeepAllPongs() throws Exception {
            ScriptedServer.Script neverReading =
                    peer -> {
                        byte[] ping = Frame.of(true, Frame.PING, new byte[125]).encode();
                        peer.accept();
                        for (int i = 0; i < PINGS; i++) {
                            peer.send(ping);
                        }
                        new CountDownLatch(1).await();
                    };
            try (ScriptedServer server = ScriptedServer.start(neverReading)) {
                withStock(
                        new StockClient(server).connected(),
                        client ->
                                Await.until(
                                        "far more pongs wait than a socket holds",
                                        () -> client.engine().outQueue.size() > PINGS / 4));
            }
        }

        @Test
        void getsNoMorePongsFromUsThanTheSocketHolds() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script);
                    Link link = Link.to(server)) {
                assertThat(pongs.get(30, TimeUnit.SECONDS)).isPositive().isLessThan(PINGS / 4 * 3);
                assertThat(link.awaitEnd().code()).isEqualTo(1000);
            }
        }
    }

    @Nested
    class AnExceptionInACallback {

        private final ScriptedServer.Script script =
                peer -> {
                    peer.accept().send(Frame.text("poison"));
                    peer.send(Frame.ping("")).read(Frame.PONG);
                    peer.send(Frame.text("next")).awaitEnd();
                };

        @Test
        void isSwallowedByTheStockClientAndTheMessageIsLost() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                StockClient poisoned = new StockClient(server);
                poisoned.onMessage = LibraryTrapsTest::failOnPoison;
                withStock(
                        poisoned.connected(),
                        client -> {
                            client.awaitMessages(1);
                            assertThat(client.messages).containsExactly("next");
                            assertThat(client.errors).singleElement().isInstanceOf(Poison.class);
                            assertThat(client.isOpen()).isTrue();
                        });
            }
        }

        @Test
        void endsOurConnectionWithItsCause() throws Exception {
            RecordingListener listener =
                    new RecordingListener().beforeMessages(c -> failOnPoison("poison"));
            try (ScriptedServer server = ScriptedServer.start(script);
                    Link link = Link.to(server, listener)) {
                assertThat(link.awaitEnd().cause()).isInstanceOf(Poison.class);
                assertThat(link.listener.messages()).isEmpty();
            }
        }
    }

    @Nested
    class ADraftOfOnesOwn {

        @Test
        void isReplacedInTheStockClientIfItDoesNotOverrideCopyInstance() throws Exception {
            final class OwnDraft extends Draft_6455 {}

            try (ScriptedServer server = ScriptedServer.sending()) {
                withStock(
                        new StockClient(server, new OwnDraft(), 0),
                        client ->
                                assertThat(client.engine().getDraft())
                                        .isExactlyInstanceOf(Draft_6455.class));
            }
        }

        @Test
        void staysWhereItIsInOurs() {
            DirectDraft draft =
                    new DirectDraft(
                            null,
                            new FrameParser(new FrameLog(), LIMIT),
                            Feeds.of("ws://feed.example/").connection());
            assertThat(draft.copyInstance()).isSameAs(draft);
        }
    }

    private static final class Poison extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void failOnPoison(String message) {
        if (message.equals("poison")) {
            throw new Poison();
        }
    }

    private interface Check {
        void of(StockClient client) throws Exception;
    }

    private static void withStock(StockClient client, Check check) throws Exception {
        try {
            check.of(client);
        } finally {
            client.end();
        }
    }

    private static void assertOursEndsWith(
            int code, ScriptedServer.Script script, String... messages) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(script);
                Link link =
                        Link.to(
                                server,
                                o -> {
                                    o.set(WebSocketOptions.PERMESSAGE_DEFLATE, true);
                                    o.set(WebSocketOptions.MAX_MESSAGE_SIZE, new MemorySize(LIMIT));
                                })) {
            assertThat(link.awaitEnd().code()).isEqualTo(code);
            assertThat(link.listener.texts()).containsExactly(messages);
        }
    }
}

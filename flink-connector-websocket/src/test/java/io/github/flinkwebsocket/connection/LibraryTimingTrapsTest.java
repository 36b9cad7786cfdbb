package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.RunningSplit;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.Threads;

import org.java_websocket.drafts.Draft_6455;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the library gives a connection up, and when we do: each pair plays one script. If a test of
 * the stock client fails, the library has mended the fault and ours may become simpler.
 */
class LibraryTimingTrapsTest {

    /** Long enough to tell that something does not happen, which no event can tell. */
    private static final long NEVER_MILLIS = 400;

    @Nested
    class AHealthyLinkWhileMessagesAreHandledSlowly {

        private final ScriptedServer.Script script =
                peer -> {
                    peer.accept().sendText("slow");
                    while (true) {
                        peer.read(Frame.PING);
                        peer.send(Frame.of(true, Frame.PONG, new byte[0]));
                    }
                };

        @Test
        void isClosedByTheStockClientsConnectionLostTimeout() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                StockClient client = new StockClient(server);
                client.setConnectionLostTimeout(1);
                client.onMessage = text -> awaitUnchecked(client.closed);
                try {
                    client.connected();
                    StockClient.await(client.closed);
                    assertThat(client.closeCode).isEqualTo(1006);
                    assertThat(client.closeReason).contains("did not respond with a pong in time");
                } finally {
                    client.end();
                }
            }
        }

        @Test
        void isKeptByUsHoweverLongItTakes() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script);
                    RunningSplit split =
                            RunningSplit.withoutRoom(
                                    server,
                                    o -> {
                                        o.set(
                                                WebSocketOptions.PING_INTERVAL,
                                                Duration.ofMillis(20));
                                        o.set(
                                                WebSocketOptions.READ_TIMEOUT,
                                                Duration.ofMillis(100));
                                    })) {
                split.runUntilOpen();
                split.runUntil("a message waits for room", split.inbox::isBlocked);
                long start = System.nanoTime();
                Await.until(
                        "far more than the read timeout has passed",
                        () -> {
                            split.scheduler.advance(20);
                            return System.nanoTime() - start > 400_000_000;
                        });
                assertThat(split.state()).isEqualTo("OPEN");
                split.inbox.makeRoom();
                Await.until("the message is there", () -> !split.inbox.texts().isEmpty());
                assertThat(server.connections()).isEqualTo(1);
            }
        }

        private void awaitUnchecked(CountDownLatch latch) {
            try {
                StockClient.await(latch);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class CloseWhileTheServerIsSilent {

        private final CountDownLatch closeArrived = new CountDownLatch(1);

        private final ScriptedServer.Script script =
                peer -> {
                    peer.accept().sendText("open").read(Frame.CLOSE);
                    closeArrived.countDown();
                    peer.awaitEnd();
                };

        @Test
        void hangsInTheStockClient() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                StockClient client = new StockClient(server).connected();
                // A close while its read thread still opens breaks that thread, and does not hang.
                client.awaitMessages(1);
                Thread closer = inThread(client::closeBlocking);
                try {
                    StockClient.await(closeArrived);
                    assertNever(client.closed);
                    assertThat(closer.isAlive()).isTrue();
                } finally {
                    client.end();
                    closer.join();
                }
            }
        }

        @Test
        void endsWithOursAfterTheCloseTimeout() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script);
                    RunningSplit split = RunningSplit.to(server)) {
                split.runUntilOpen();
                split.sessions.close();
                split.runUntil("the close frame has arrived", () -> closeArrived.getCount() == 0);
                split.scheduler.advance(1_999);
                assertThat(split.isClosed()).isFalse();
                split.scheduler.advance(1);
                split.runUntil("the sessions have closed", split::isClosed);
            }
        }
    }

    @Nested
    class CloseBeforeTheConnectionIsOpen {

        @Test
        void doesNothingInTheStockClientWhichThenOpens() throws Exception {
            CountDownLatch resolving = new CountDownLatch(1);
            CountDownLatch resolve = new CountDownLatch(1);
            try (ScriptedServer server = ScriptedServer.sending()) {
                StockClient client = new StockClient(server);
                client.setDnsResolver(
                        uri -> {
                            resolving.countDown();
                            try {
                                StockClient.await(resolve);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return InetAddress.getLoopbackAddress();
                        });
                try {
                    client.connect();
                    StockClient.await(resolving);
                    client.close();
                    resolve.countDown();
                    StockClient.await(client.opened);
                    assertThat(client.isOpen()).isTrue();
                } finally {
                    client.end();
                }
            }
        }

        @Test
        void endsOurs() throws Exception {
            CountDownLatch requested = new CountDownLatch(1);
            CountDownLatch gone = new CountDownLatch(1);
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        requested.countDown();
                                        peer.awaitEnd();
                                        gone.countDown();
                                    });
                    RunningSplit split = RunningSplit.to(server)) {
                StockClient.await(requested);
                split.sessions.close();
                split.runUntil("the sessions have closed", split::isClosed);
                StockClient.await(gone);
            }
        }
    }

    @Nested
    class Reconnecting {

        @Test
        void hangsInAStockClientThatNeverConnected() throws Exception {
            try (ScriptedServer server = ScriptedServer.sending()) {
                StockClient client =
                        new StockClient(server) {
                            /** It never gets here, but for the interrupt that ends the test. */
                            @Override
                            public void connect() {}
                        };
                Thread thread = inThread(client::reconnect);
                try {
                    Await.until(
                            "it waits for a close that can't come",
                            () -> Threads.isIn("closeBlocking", thread.getName()));
                    assertNever(client.closed);
                    assertThat(server.connections()).isZero();
                } finally {
                    thread.interrupt();
                    thread.join();
                    client.end();
                }
            }
        }

        @Test
        void makesANewConnectionInOurs() throws Exception {
            try (ScriptedServer server =
                            ScriptedServer.start(
                                    peer -> {
                                        if (peer.number() > 1) {
                                            peer.accept().awaitEnd();
                                        }
                                    });
                    RunningSplit split = RunningSplit.to(server)) {
                split.runUntilWaiting();
                split.scheduler.advance(1_000);
                split.runUntilOpen();
                assertThat(server.connections()).isEqualTo(2);
            }
        }
    }

    @Nested
    class AServerThatDoesNotAnswerTheUpgrade {

        private final CountDownLatch requested = new CountDownLatch(1);
        private final CountDownLatch gone = new CountDownLatch(1);

        private final ScriptedServer.Script script =
                peer -> {
                    requested.countDown();
                    peer.awaitEnd();
                    gone.countDown();
                };

        @Test
        void isNotCoveredByTheConnectTimeoutOfTheStockClient() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                StockClient client = new StockClient(server, new Draft_6455(), 50);
                try {
                    client.connect();
                    StockClient.await(requested);
                    assertNever(client.closed);
                } finally {
                    client.end();
                }
            }
        }

        @Test
        void isCoveredByOurs() throws Exception {
            try (ScriptedServer server = ScriptedServer.start(script);
                    RunningSplit split = RunningSplit.to(server)) {
                StockClient.await(requested);
                split.scheduler.advance(29_999);
                assertThat(split.state()).isEqualTo("CONNECTING");
                split.scheduler.advance(1);
                split.runUntilWaiting();
                StockClient.await(gone);
            }
        }
    }

    private static void assertNever(CountDownLatch event) throws InterruptedException {
        assertThat(event.await(NEVER_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
    }

    private interface Blocking {
        void run() throws InterruptedException;
    }

    private static Thread inThread(Blocking action) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                action.run();
                            } catch (InterruptedException e) {
                                // The test has seen enough.
                            }
                        },
                        "trapped");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

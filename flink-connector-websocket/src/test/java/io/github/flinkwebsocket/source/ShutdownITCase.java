package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a reader is doing: when its job ends, its threads and sockets end soon. */
class ShutdownITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void cancelledWhileConnected() throws Exception {
        server.append("/", "v");
        try (TestJob job = TestJob.of(Replay.fromStart(server, "/").build(), probe).start()) {
            probe.await(1);
            assertCancelEndsAll(job);
            Await.until("the server has seen the end", () -> server.open("/") == 0);
        }
    }

    @Test
    void cancelledWhileTheServerAnswersNoMore() throws Exception {
        server.append("/", "v");
        try (TestJob job = TestJob.of(Replay.fromStart(server, "/").build(), probe).start()) {
            probe.await(1);
            server.freeze();
            assertCancelEndsAll(job);
        }
    }

    @Test
    void cancelledWhileConnectingToAServerThatNeverAnswers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer silent =
                ScriptedServer.start(
                        peer -> {
                            asked.countDown();
                            peer.awaitEnd();
                            left.countDown();
                        })) {
            WebSocketSource<String> source =
                    Replay.fromStart(server, "/").setUrls(silent.url("/")).build();
            try (TestJob job = TestJob.of(source, probe).start()) {
                assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
                assertCancelEndsAll(job);
                assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void cancelledWhileWaitingToConnectAgain() throws Exception {
        try (ScriptedServer refusing =
                ScriptedServer.start(
                        peer -> {
                            byte[] answer =
                                    ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 600\r\n"
                                                    + "Content-Length: 0\r\n\r\n")
                                            .getBytes(StandardCharsets.US_ASCII);
                            peer.send(answer);
                        })) {
            WebSocketSource<String> source =
                    Replay.fromStart(server, "/").setUrls(refusing.url("/")).build();
            try (TestJob job = TestJob.of(source, probe).start()) {
                Await.until("the first attempt is over", () -> refusing.connections() == 1);
                Await.until("its thread has ended", () -> connectionThreads().isEmpty());
                assertCancelEndsAll(job);
                assertThat(refusing.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void cancelledWhileBlockedByAFullMailbox() throws Exception {
        probe.hold();
        server.append("/", Replay.values("v", 0, 50_000));
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setOption(WebSocketOptions.MAILBOX_MAX_MESSAGES, 10)
                        .build();
        try (TestJob job = TestJob.of(source, probe).start()) {
            probe.awaitHolding();
            Await.until(
                    "the connection waits for room",
                    () ->
                            Thread.getAllStackTraces().entrySet().stream()
                                    .filter(e -> isConnectionThread(e.getKey()))
                                    .flatMap(e -> List.of(e.getValue()).stream())
                                    .anyMatch(f -> f.getMethodName().equals("awaitRoom")));
            assertCancelEndsAll(job);
            Await.until("the server has seen the end", () -> server.open("/") == 0);
        }
    }

    @Test
    void finishedWhileTheServerAnswersNoMore() throws Exception {
        probe.hold();
        server.append("/", "v");
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setOption(WebSocketOptions.BOUNDED_MESSAGES, 1L)
                        .build();
        try (TestJob job = TestJob.of(source, probe).start()) {
            probe.awaitHolding();
            server.freeze();
            probe.release();
            job.awaitFinished();
            Await.until("no thread of the connector is left", () -> threads().isEmpty());
        }
    }

    private static void assertCancelEndsAll(TestJob job) {
        assertThat(threads()).isNotEmpty();
        long start = System.nanoTime();
        job.cancel();
        Await.until("no thread of the connector is left", () -> threads().isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("websocket"))
                .collect(Collectors.toList());
    }

    private static List<Thread> connectionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(ShutdownITCase::isConnectionThread)
                .collect(Collectors.toList());
    }

    private static boolean isConnectionThread(Thread thread) {
        return thread.getName().startsWith("websocket-127.0.0.1");
    }
}

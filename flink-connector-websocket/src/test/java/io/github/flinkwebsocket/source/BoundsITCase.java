package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;

/** What brings a job to its end. */
class BoundsITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @TempDir private Path savepoints;

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void aNumberOfMessagesFromEachSplit() throws Exception {
        server.append("/a", Replay.values("a", 0, 10));
        server.append("/b", Replay.values("b", 0, 10));
        WebSocketSource<String> source =
                Replay.fromStart(server, "/a", "/b")
                        .setOption(WebSocketOptions.BOUNDED_MESSAGES, 3L)
                        .build();
        finish(source);
        assertThat(probe.records())
                .containsExactlyInAnyOrder("a0", "a1", "a2", "b0", "b1", "b2")
                .containsSubsequence("a0", "a1", "a2");
        Await.until("the connections are closed", () -> server.open("/a") + server.open("/b") == 0);
    }

    @Test
    void aDurationHoweverSilentTheServer() throws Exception {
        server.append("/", "a", "b");
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setOption(WebSocketOptions.BOUNDED_DURATION, Duration.ofSeconds(3))
                        .build();
        long start = System.nanoTime();
        finish(source);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(2900));
        assertThat(probe.records()).containsExactly("a", "b");
    }

    @Test
    void theEndIsTheEndOfEventTimeToo() throws Exception {
        server.append("/", "v@1000");
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setOption(WebSocketOptions.BOUNDED_MESSAGES, 1L)
                        .build();
        try (TestJob job =
                TestJob.of(source, probe)
                        .parallelism(2)
                        .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                        .start()) {
            job.awaitFinished();
        }
        assertThat(probe.watermark()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aDurationEvenIfNoConnectionEverOpens() throws Exception {
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setUrls("ws://127.0.0.1:1/")
                        .setOption(WebSocketOptions.BOUNDED_DURATION, Duration.ofMillis(200))
                        .build();
        finish(source);
        assertThat(probe.records()).isEmpty();
    }

    @Test
    void aTimeWithoutAMessage() throws Exception {
        server.append("/", "a", "b");
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setOption(WebSocketOptions.BOUNDED_IDLE_TIME, Duration.ofSeconds(2))
                        .build();
        finish(source);
        assertThat(probe.records()).containsExactly("a", "b");
        assertThat(server.connections("/")).isEqualTo(1);
    }

    @Test
    void aCloseCodeOfTheServerAfterAllThatCameBeforeIt() throws Exception {
        List<String> values = Replay.values("v", 0, 2000);
        server.append("/", values);
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setOption(
                                WebSocketOptions.OPEN_MESSAGES,
                                List.of("{\"after\":-1,\"follow\":false}"))
                        .setOption(
                                WebSocketOptions.BOUNDED_CLOSE_CODES,
                                List.of(ReplayServer.END_OF_LOG))
                        .build();
        finish(source);
        assertThat(probe.records()).isEqualTo(values);
        assertThat(server.connections("/")).isEqualTo(1);
    }

    @Test
    void aSplitThatHasEndedIsNotReadAgainAfterARestore() throws Exception {
        server.append("/ended", "e0", "e1");
        server.append("/open", "o0");
        WebSocketSource<String> source =
                Replay.resuming(server, "/ended", "/open")
                        .setOption(WebSocketOptions.BOUNDED_MESSAGES, 2L)
                        .build();
        String savepoint;
        try (TestJob job = TestJob.of(source, probe).checkpointed().start()) {
            probe.await(3);
            Await.until("the split has ended", () -> server.open("/ended") == 0);
            savepoint = job.stopWithSavepoint(savepoints);
        }
        server.append("/ended", "e2");
        server.append("/open", "o1");
        try (TestJob job = TestJob.of(source, probe).restoring(savepoint).start()) {
            job.awaitFinished();
        }
        assertThat(probe.counted()).containsExactlyInAnyOrder("e0", "e1", "o0", "o1");
        assertThat(server.connections("/ended")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bounded.messages", "bounded.duration"})
    void oneCloseFrameSaysThatAllIsWell(String bound) throws Exception {
        Queue<Integer> closeCodes = new ConcurrentLinkedQueue<>();
        try (ScriptedServer slow =
                ScriptedServer.start(
                        peer -> {
                            peer.accept().sendText("{\"seq\":0,\"value\":\"v\"}");
                            while (true) {
                                closeCodes.add(peer.read(Frame.CLOSE).closeCode());
                            }
                        })) {
            Map<String, String> options = Map.of(bound, bound.endsWith("messages") ? "1" : "1 s");
            WebSocketSource<String> source =
                    Replay.fromStart(server, "/")
                            .setUrls(slow.url("/"))
                            .setOptions(Configuration.fromMap(options))
                            .build();
            finish(source);
        }
        assertThat(probe.records()).containsExactly("v");
        assertThat(closeCodes).containsExactly(1000);
    }

    private void finish(WebSocketSource<String> source) throws Exception {
        try (TestJob job = TestJob.of(source, probe).start()) {
            job.awaitFinished();
        }
    }
}

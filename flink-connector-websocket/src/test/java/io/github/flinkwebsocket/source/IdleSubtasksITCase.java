package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subtasks without a split live as long as the job, take part in its checkpoints, and hold nothing
 * back.
 */
class IdleSubtasksITCase {

    private static final JobMetrics METRICS = new JobMetrics();

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard(METRICS);

    private static final String[] PATHS = {"/a", "/b"};

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @TempDir private Path savepoints;

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    /** Flink refuses the checkpoints of a vertex with finished subtasks and union list state. */
    @Test
    void checkpointsCompleteIfTheVertexHasUnionListState() throws Exception {
        try (TestJob job = job().chained(4).checkpointed().start()) {
            List<String> expected = append(0, 100);
            probe.await(expected.size());
            probe.awaitCheckpoints(8);
            assertThat(probe.records()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "1, 4", "4, 3", "3, 4"})
    void aSavepointGoesOnWhereItWasAtAnotherParallelism(int before, int after) throws Exception {
        List<String> expected = new ArrayList<>(append(0, 100));
        String savepoint;
        try (TestJob job = job().parallelism(before).checkpointed().start()) {
            probe.await(expected.size());
            savepoint = job.stopWithSavepoint(savepoints);
        }
        expected.addAll(append(100, 200));
        try (TestJob job =
                job().parallelism(after)
                        .checkpointed()
                        .restoring(savepoint)
                        .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                        .start()) {
            probe.await(expected.size());
            assertThat(probe.counted()).containsExactlyInAnyOrderElementsOf(expected);
            Await.until("the watermark follows both splits", () -> probe.watermark() == 198);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    @Test
    void alignmentOfWatermarksDoesNotWaitForThem() throws Exception {
        WatermarkStrategy<String> aligned =
                WatermarkStrategy.<String>forMonotonousTimestamps()
                        .withWatermarkAlignment(
                                "group", Duration.ofMillis(100), Duration.ofMillis(20));
        try (TestJob job = job().parallelism(4).watermarks(aligned).start()) {
            for (int time = 1000; time <= 10_000; time += 1000) {
                server.append("/a", "a@" + time);
                server.append("/b", "b@" + time);
            }
            Await.until("both come to the end", () -> probe.watermark() == 9999);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    @Test
    void aRegionThatFailsAloneGoesOnAndLeavesTheOthersAlone() throws Exception {
        probe.poison("a50@50");
        List<String> expected = append(0, 100);
        try (TestJob job = job().chained(4).restarting().start()) {
            Await.until("the region has restarted", () -> server.connections("/a") >= 2);
            probe.poison("");
            Await.until("all arrive", () -> probe.records().containsAll(expected));
            assertThat(server.connections("/b")).isEqualTo(1);
            probe.awaitCheckpoints(8);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    @Test
    void aDrainEndsThem() throws Exception {
        List<String> expected = append(0, 100);
        try (TestJob job =
                job().parallelism(4)
                        .checkpointed()
                        .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                        .start()) {
            probe.await(expected.size());
            job.drain(savepoints);
            job.awaitFinished();
            assertThat(probe.watermark()).isEqualTo(Long.MAX_VALUE);
            assertThat(probe.records()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void unalignedCheckpointsOfASlowJobKeepAllExactlyOnce() throws Exception {
        List<String> expected = new ArrayList<>(append(0, 1000));
        try (TestJob job =
                job().parallelism(4)
                        .restarting()
                        .config("execution.checkpointing.unaligned.enabled", "true")
                        .start()) {
            probe.awaitCheckpoints(2);
            probe.poison("a1500@1500");
            expected.addAll(append(1000, 2000));
            Await.until("the job has restarted", () -> server.connections("/a") >= 2);
            probe.poison("");
            Await.until("all are counted", () -> probe.counted().size() >= expected.size());
            assertThat(probe.counted()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    /** Nobody knows what was emitted, and what was sent meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRestartBeforeTheFirstCheckpointIsOnePossibleGap(boolean resuming) throws Exception {
        probe.poison("a5");
        server.append("/a", Replay.values("a", 0, 10));
        WebSocketSource<String> source =
                (resuming ? Replay.resuming(server, "/a") : Replay.fromStart(server, "/a")).build();
        try (TestJob job =
                TestJob.of(source, probe)
                        .restartingWithoutCheckpoints()
                        .config("restart-strategy.fixed-delay.delay", "1 ms")
                        .start()) {
            Await.until("the job has restarted", () -> server.connections("/a") >= 2);
            probe.poison("");
            probe.await("a9");
            assertThat(METRICS.splitValue(job, "gaps")).isEqualTo(1);
        }
    }

    @Test
    void aFirstStartIsNoGap() throws Exception {
        server.append("/a", "first");
        try (TestJob job = TestJob.of(Replay.live(server, "/a").build(), probe).start()) {
            Await.until("it is open", () -> server.open("/a") == 1);
            assertThat(METRICS.splitValue(job, "gaps")).isZero();
        }
    }

    private TestJob.Builder job() {
        return TestJob.of(Replay.resuming(server, PATHS).build(), probe);
    }

    private List<String> append(int from, int to) {
        List<String> all = new ArrayList<>();
        for (String path : PATHS) {
            List<String> values =
                    IntStream.range(from, to)
                            .mapToObj(i -> path.substring(1) + i + "@" + i)
                            .collect(Collectors.toList());
            server.append(path, values);
            all.addAll(values);
        }
        return all;
    }
}

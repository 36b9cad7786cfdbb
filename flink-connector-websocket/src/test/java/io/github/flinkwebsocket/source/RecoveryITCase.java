package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What checkpoints and savepoints bring back; on two TaskManagers with one slot each. */
class RecoveryITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Clusters.of(2, 1, new Configuration());

    private static final String[] PATHS = {"/a", "/b", "/c"};

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @TempDir private Path savepoints;

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1", "2, 2"})
    void aSavepointGoesOnWhereItWasAtAnotherParallelism(int before, int after) throws Exception {
        List<String> expected = new ArrayList<>(append(0, 200));
        String savepoint;
        try (TestJob job =
                TestJob.of(Replay.resuming(server, PATHS).build(), probe)
                        .parallelism(before)
                        .checkpointed()
                        .start()) {
            probe.await(expected.size());
            savepoint = job.stopWithSavepoint(savepoints);
        }
        expected.addAll(append(200, 300));
        try (TestJob job =
                TestJob.of(Replay.resuming(server, PATHS).build(), probe)
                        .parallelism(after)
                        .restoring(savepoint)
                        .start()) {
            probe.await(expected.size());
            expected.addAll(append(300, 400));
            probe.await(expected.size());
            assertThat(probe.counted()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(probe.records()).hasSameSizeAs(expected);
            assertOneConnectionForEach(PATHS);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void theLossOfATaskManagerLosesAndDoublesNothing(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        List<String> expected = new ArrayList<>(append(0, 200));
        try (TestJob job =
                TestJob.of(Replay.resuming(server, PATHS).build(), probe)
                        .parallelism(2)
                        .restarting()
                        .start()) {
            probe.await(expected.size());
            cluster.startTaskManager();
            cluster.terminateTaskManager(0).get();
            expected.addAll(append(200, 300));
            Await.until(
                    "the restored job has counted all",
                    () -> probe.counted().size() >= expected.size());
            expected.addAll(append(300, 400));
            Await.until(
                    "the restored job has counted all that came later",
                    () -> probe.counted().size() >= expected.size());
            assertThat(probe.counted()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(server.connections("/a")).isGreaterThan(1);
            assertOneConnectionForEach(PATHS);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void aFailingOperatorMakesTheSplitsGoBackToTheLastCheckpoint() throws Exception {
        probe.poison("a150");
        List<String> expected = append(0, 200);
        try (TestJob job =
                TestJob.of(Replay.resuming(server, PATHS).build(), probe)
                        .parallelism(2)
                        .restarting()
                        .start()) {
            Await.until("the job has restarted", () -> server.connections("/a") >= 3);
            probe.poison("");
            Await.until(
                    "the restored job has counted all",
                    () -> probe.counted().size() >= expected.size());
            assertThat(probe.counted()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void withoutACheckpointARestartBeginsAnew() throws Exception {
        probe.poison("a150");
        List<String> expected = append(0, 200);
        try (TestJob job =
                TestJob.of(Replay.resuming(server, PATHS).build(), probe)
                        .parallelism(2)
                        .restartingWithoutCheckpoints()
                        .start()) {
            Await.until("the job has restarted", () -> server.connections("/a") >= 3);
            probe.poison("");
            Await.until(
                    "the restarted job has counted all",
                    () -> probe.counted().size() >= expected.size());
            assertThat(probe.counted()).containsExactlyInAnyOrderElementsOf(expected);
            assertOneConnectionForEach(PATHS);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void endpointsMayComeAndGoBetweenSavepointAndRestore() throws Exception {
        server.append("/kept", "k@1000");
        server.append("/removed", "r@10");
        String savepoint;
        try (TestJob job =
                TestJob.of(Replay.resuming(server, "/kept", "/removed").build(), probe)
                        .checkpointed()
                        .watermarks(eventTime())
                        .start()) {
            Await.until("the slower split gives the watermark", () -> probe.watermark() == 9);
            savepoint = job.stopWithSavepoint(savepoints);
        }
        server.append("/kept", "k@2000");
        server.append("/removed", "r@20");
        server.append("/added", "a@3000");
        try (TestJob job =
                TestJob.of(Replay.resuming(server, "/added", "/kept").build(), probe)
                        .restoring(savepoint)
                        .watermarks(eventTime())
                        .start()) {
            // The kept split gives it: the removed one holds nothing back.
            Await.until("the watermark goes on", () -> probe.watermark() == 1999);
            probe.await("a@3000");
            assertThat(probe.counted())
                    .containsExactlyInAnyOrder("k@1000", "r@10", "k@2000", "a@3000");
            assertThat(server.connections("/removed")).isEqualTo(1);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    private static WatermarkStrategy<String> eventTime() {
        return WatermarkStrategy.forMonotonousTimestamps();
    }

    private List<String> append(int from, int to) {
        List<String> all = new ArrayList<>();
        for (String path : PATHS) {
            List<String> values = Replay.values(path.substring(1), from, to);
            server.append(path, values);
            all.addAll(values);
        }
        return all;
    }

    private void assertOneConnectionForEach(String... paths) {
        for (String path : paths) {
            Await.until("old connections to " + path + " are gone", () -> server.open(path) == 1);
        }
    }
}

package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A job that takes what slots there are, more of them while it runs, and restarts. */
class AdaptiveSchedulerITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Clusters.of(2, 1, adaptiveScheduler());

    private static final String[] PATHS = {"/a", "/b"};

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    private static Configuration adaptiveScheduler() {
        Configuration config = new Configuration();
        config.setString("jobmanager.scheduler", "adaptive");
        for (String phase : List.of("", "submission.", "executing.")) {
            config.setString(
                    "jobmanager.adaptive-scheduler." + phase + "resource-stabilization-timeout",
                    "10 ms");
        }
        config.setString("jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling", "1 s");
        config.setString("jobmanager.adaptive-scheduler.scaling-interval.min", "1 s");
        return config;
    }

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void rescalesToMoreSubtasksThanSplitsAndRestartsWithThem(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        List<String> expected = new ArrayList<>(append(0, 100));
        try (TestJob job =
                TestJob.of(Replay.resuming(server, PATHS).build(), probe)
                        .parallelism(4)
                        .restarting()
                        .start()) {
            probe.await(expected.size());
            int before = server.connections("/a");
            for (int i = 0; i < 2; i++) {
                cluster.startTaskManager();
            }
            Await.until("the job has rescaled", () -> server.connections("/a") > before);
            expected.addAll(append(100, 200));
            Await.until("all are counted", () -> probe.counted().size() >= expected.size());

            probe.poison("b250");
            expected.addAll(append(200, 300));
            int rescaled = server.connections("/b");
            Await.until("the job has restarted", () -> server.connections("/b") > rescaled);
            probe.poison("");
            Await.until("all are counted", () -> probe.counted().size() >= expected.size());
            assertThat(probe.counted()).containsExactlyInAnyOrderElementsOf(expected);
            Await.until("it runs", () -> job.status() == JobStatus.RUNNING);
            probe.awaitCheckpoints(2);
        }
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
}

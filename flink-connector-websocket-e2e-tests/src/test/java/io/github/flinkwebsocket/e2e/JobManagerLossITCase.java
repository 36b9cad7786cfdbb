package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What remains when the JobManager, and with it the enumerator, is killed (-9) and comes again. */
class JobManagerLossITCase extends NumbersScenario {

    private static final String[] PATHS = {"/a", "/b"};

    @ParameterizedTest
    @EnumSource
    void aNewJobManagerContinuesTheJobAndLosesNothing(FlinkVersion version) throws Exception {
        FlinkHome home = FlinkHome.create(version);
        try (ZooKeeper zooKeeper = new ZooKeeper(home)) {
            zooKeeper.awaitStarted();
            home.set("high-availability.type", "zookeeper");
            home.set("high-availability.zookeeper.quorum", zooKeeper.address());
            home.set("high-availability.zookeeper.client.session-timeout", "4000");
            home.set(
                    "high-availability.storageDir", home.folder().resolve("ha").toUri().toString());
            try (FlinkCluster cluster = FlinkCluster.start(home)) {
                continues(cluster);
            }
        }
    }

    private void continues(FlinkCluster cluster) throws Exception {
        keepSending(PATHS);
        Job job = cluster.run(2, replaying(PATHS)).awaitRunning();
        awaitProgress(PATHS);
        job.awaitCheckpoint();

        cluster.killJobManager();
        cluster.startJobManager();

        Await.until("a restore", () -> job.restores() == 1);
        job.awaitRunning();
        awaitProgress(PATHS);
        awaitRest(PATHS);
        assertResumedFromPositions(PATHS);
        assertOneConnectionEach(PATHS);
    }
}

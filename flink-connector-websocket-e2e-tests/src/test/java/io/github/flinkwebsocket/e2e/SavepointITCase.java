package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that are stopped with a savepoint and go on elsewhere. */
class SavepointITCase extends NumbersScenario {

    private static final String[] PATHS = {"/a", "/b"};

    @ParameterizedTest
    @EnumSource
    void anotherParallelismLosesAndDoublesNothing(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        moves(cluster, 1, cluster, 2);
    }

    @Test
    void aSavepointOfTheLowestVersionRestoresOnTheHighest() throws Exception {
        moves(
                SharedClusters.of(FlinkVersion.LOWEST),
                2,
                SharedClusters.of(FlinkVersion.HIGHEST),
                2);
    }

    private void moves(FlinkCluster from, int parallelismThere, FlinkCluster to, int parallelism)
            throws Exception {
        keepSending(PATHS);
        Job old = from.run(parallelismThere, replaying(PATHS)).awaitRunning();
        awaitProgress(PATHS);
        String savepoint = old.stopWithSavepoint(folder.resolve("savepoints"));
        for (String path : PATHS) {
            Await.until("no connection", () -> server.open(path) == 0);
        }

        Job restored = to.run(parallelism, replaying(PATHS), savepoint).awaitRunning();
        awaitProgress(PATHS);
        awaitRest(PATHS);

        assertEachOnce(PATHS);
        assertResumedFromPositions(PATHS);
        assertOneConnectionEach(PATHS);
        assertThat(restored.restores()).isEqualTo(1);
        assertThat(restored.subtasks())
                .allSatisfy(s -> assertThat(s.get("status").asText()).isEqualTo("RUNNING"));
    }
}

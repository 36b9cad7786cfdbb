package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs of SQL statements that are stopped with a savepoint and go on with the same statement. */
class SqlSavepointITCase extends SqlScenario {

    private static final String[] PATHS = {"/a", "/b"};

    @ParameterizedTest
    @EnumSource
    void theSameStatementContinuesFromASavepoint(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.withSqlJar(version);
        SqlClient client = new SqlClient(cluster);
        String[] statements = {
            createNumbers(List.of(PATHS)),
            createRecords(),
            "INSERT INTO records SELECT `path`, n, `connection` FROM numbers"
        };
        keepSending(PATHS);
        Job old = client.insert(statements).awaitRunning();
        awaitProgress(PATHS);
        String savepoint = old.stopWithSavepoint(folder.resolve("savepoints"));
        for (String path : PATHS) {
            Await.until("no connection", () -> server.open(path) == 0);
        }

        // A savepoint with state that no operator of the job wants would be refused.
        Job restored =
                client.insert(
                                "SET 'execution.state-recovery.path' = '" + savepoint + "'",
                                statements[0],
                                statements[1],
                                statements[2])
                        .awaitRunning();
        awaitProgress(PATHS);
        awaitRest(PATHS);

        for (String path : PATHS) {
            List<NumberingServer.Connection> connections = server.connections(path);
            assertThat(connections).as(path).hasSize(2);
            // Not just the same numbers again: the server was asked for what was missing.
            assertThat(connections.get(1).from).as(path).isEqualTo(connections.get(1).first - 1);
            assertThat(connections.get(1).from).as(path).isPositive();
            assertThat(records.numbers(path))
                    .as(path)
                    .containsExactlyInAnyOrderElementsOf(upTo(server.last(path)));
        }
        assertOneConnectionEach(PATHS);
        assertThat(restored.restores()).isEqualTo(1);
        restored.cancel();
    }
}

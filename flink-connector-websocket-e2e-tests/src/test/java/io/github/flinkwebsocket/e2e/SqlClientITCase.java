package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar for SQL, in lib/ or given to the SQL client, is all that scripts need. */
class SqlClientITCase extends SqlScenario {

    @ParameterizedTest
    @EnumSource
    void withTheJarInLibAnInsertOverEventTimeRunsUntilItIsCancelled(FlinkVersion version)
            throws Exception {
        FlinkCluster cluster = SharedClusters.withSqlJar(version);
        server.send("/a", 50);
        Job job =
                new SqlClient(cluster)
                        .insert(
                                createNumbers(List.of("/a")),
                                createRecords(),
                                "INSERT INTO records SELECT `path`, MAX(n), MAX(`connection`)"
                                        + " FROM TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(ts),"
                                        + " INTERVAL '10' SECOND))"
                                        + " GROUP BY `path`, window_start, window_end");
        records.await("/a", 49);
        server.send("/a", 50);
        records.await("/a", 99);

        // The window that the last number began is still open.
        assertThat(records.numbers("/a"))
                .containsExactlyInAnyOrder(9L, 19L, 29L, 39L, 49L, 59L, 69L, 79L, 89L, 99L);
        assertThat(records.of("/a")).allMatch(record -> record.connection == 1);
        assertThat(job.status()).isEqualTo("RUNNING");
        job.cancel();
        Await.until("no connection", () -> server.open("/a") == 0);
    }

    @ParameterizedTest
    @EnumSource
    void withTheJarInLibTheClientPrintsABoundedQueryAndEnds(FlinkVersion version) throws Exception {
        assertPrintsABoundedQuery(new SqlClient(SharedClusters.withSqlJar(version)));
    }

    @ParameterizedTest
    @EnumSource
    void theClientBringsTheJarToAClusterWithoutIt(FlinkVersion version) throws Exception {
        assertPrintsABoundedQuery(
                new SqlClient(SharedClusters.of(version), "-j", SqlClient.JAR.toString()));
    }

    private void assertPrintsABoundedQuery(SqlClient client) throws Exception {
        server.send("/a", 5);
        List<List<String>> rows =
                client.query(
                        "SET 'sql-client.execution.result-mode' = 'tableau'",
                        "SET 'execution.runtime-mode' = 'streaming'",
                        createNumbers(List.of("/a"), "bounded.messages", "3"),
                        "SELECT n, `path`, `connection` FROM numbers");
        assertThat(rows)
                .containsExactly(
                        List.of("1", "/a", "1"), List.of("2", "/a", "1"), List.of("3", "/a", "1"));
        Await.until("no connection", () -> server.open("/a") == 0);
    }
}

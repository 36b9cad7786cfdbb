package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The SQL gateway as a process of its own, spoken to by REST. */
class SqlGatewayITCase extends SqlScenario {

    @ParameterizedTest
    @EnumSource
    void aSessionFetchesTheResultOfABoundedQuery(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.withSqlJar(version);
        server.send("/a", 5);
        try (SqlGateway gateway = new SqlGateway(cluster)) {
            gateway.open();
            gateway.execute(createNumbers(List.of("/a"), "bounded.messages", "3"));
            assertThat(gateway.execute("SELECT n, `path`, `connection` FROM numbers"))
                    .containsExactly(
                            List.of("1", "/a", "1"),
                            List.of("2", "/a", "1"),
                            List.of("3", "/a", "1"));
            assertThat(gateway.closeSession()).isEqualTo("CLOSED");
        }
        Await.until("no connection", () -> server.open("/a") == 0);
    }
}

package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * For each version one cluster that knows nothing of the connector, and one with the jar for SQL in
 * lib/; started when the first test wants it, ended after all tests.
 */
final class SharedClusters implements BeforeAllCallback, CloseableResource {

    private static final Map<FlinkVersion, FlinkCluster> PLAIN = new EnumMap<>(FlinkVersion.class);
    private static final Map<FlinkVersion, FlinkCluster> WITH_SQL_JAR =
            new EnumMap<>(FlinkVersion.class);

    /** A cluster on which nothing runs, with all its TaskManagers. */
    static synchronized FlinkCluster of(FlinkVersion version) throws Exception {
        if (!PLAIN.containsKey(version)) {
            PLAIN.put(version, FlinkCluster.start(FlinkHome.create(version)));
        }
        return ready(PLAIN.get(version));
    }

    /** The same, with the jar for SQL in lib/ of the cluster and of its clients. */
    static synchronized FlinkCluster withSqlJar(FlinkVersion version) throws Exception {
        if (!WITH_SQL_JAR.containsKey(version)) {
            FlinkHome home = FlinkHome.create(version).addJar(SqlClient.JAR);
            WITH_SQL_JAR.put(version, FlinkCluster.start(home));
        }
        return ready(WITH_SQL_JAR.get(version));
    }

    private static FlinkCluster ready(FlinkCluster cluster) throws Exception {
        cluster.reset();
        return cluster;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(SharedClusters.class.getName(), key -> this);
    }

    @Override
    public void close() {
        for (Map<FlinkVersion, FlinkCluster> clusters : List.of(PLAIN, WITH_SQL_JAR)) {
            clusters.values().forEach(FlinkCluster::close);
            clusters.clear();
        }
    }
}

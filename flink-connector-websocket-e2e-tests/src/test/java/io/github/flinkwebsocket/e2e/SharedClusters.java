package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

import java.util.EnumMap;
import java.util.Map;

/** One cluster for each version, started when the first test wants it, ended after all tests. */
final class SharedClusters implements BeforeAllCallback, CloseableResource {

    private static final Map<FlinkVersion, FlinkCluster> CLUSTERS =
            new EnumMap<>(FlinkVersion.class);

    /** A cluster on which nothing runs, with all its TaskManagers. */
    static synchronized FlinkCluster of(FlinkVersion version) throws Exception {
        FlinkCluster cluster = CLUSTERS.get(version);
        if (cluster == null) {
            cluster = FlinkCluster.start(FlinkHome.create(version));
            CLUSTERS.put(version, cluster);
        }
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
        CLUSTERS.values().forEach(FlinkCluster::close);
        CLUSTERS.clear();
    }
}

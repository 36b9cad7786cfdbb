package io.github.flinkwebsocket.testing;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** The MiniClusters of the integration tests. */
public final class Clusters {

    /** One TaskManager with four slots. */
    public static MiniClusterExtension standard() {
        return of(1, 4, new Configuration());
    }

    /** The same, with its metrics in the reporter. */
    public static MiniClusterExtension standard(JobMetrics metrics) {
        return of(1, 4, metrics.configuration());
    }

    public static MiniClusterExtension of(int taskManagers, int slots, Configuration config) {
        config.setString("restart-strategy.type", "none");
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setConfiguration(config)
                        .setNumberTaskManagers(taskManagers)
                        .setNumberSlotsPerTaskManager(slots)
                        .build());
    }

    private Clusters() {}
}

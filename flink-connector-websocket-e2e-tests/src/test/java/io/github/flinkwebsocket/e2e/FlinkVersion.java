package io.github.flinkwebsocket.e2e;

import java.nio.file.Path;

/** The two ends of what the connector supports, as standalone distributions that the build made. */
enum FlinkVersion {
    LOWEST("e2e.flink.lowest"),
    HIGHEST("e2e.flink.highest");

    private final Path distribution;

    FlinkVersion(String property) {
        distribution = Path.of(System.getProperty(property));
    }

    /** The folder that holds lib/ and opt/. */
    Path distribution() {
        return distribution;
    }

    /** For example flink-1.20.3. */
    @Override
    public String toString() {
        return distribution.getFileName().toString();
    }
}

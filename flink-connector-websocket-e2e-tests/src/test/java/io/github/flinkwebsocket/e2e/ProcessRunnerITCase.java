package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** No process of a test outlives it. */
class ProcessRunnerITCase {

    @Test
    void aChildEndsWhenItsParentIsGone() throws Exception {
        FlinkHome home = FlinkHome.create(FlinkVersion.LOWEST);
        try (ZooKeeper child = new ZooKeeper(home)) {
            child.awaitStarted();
            // What the system does when the parent is killed.
            child.process().getOutputStream().close();
            assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}

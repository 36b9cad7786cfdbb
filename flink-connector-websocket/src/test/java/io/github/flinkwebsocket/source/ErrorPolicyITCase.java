package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplaySchema;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of messages that can't be decoded, and of failures that only look like it. */
class ErrorPolicyITCase {

    private static final JobMetrics METRICS = new JobMetrics();

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard(METRICS);

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @BeforeEach
    void fill() {
        server.append("/", "a", "bad", "b", "c", "d");
    }

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void failFailsTheJobAndNamesTheMessage() throws Exception {
        try (TestJob job = start(ErrorPolicy.FAIL, DownstreamErrors.THROWN)) {
            assertThat(job.failure())
                    .hasStackTraceContaining("Could not decode message 2 on connection 1 of split")
                    .rootCause()
                    .hasMessage("That is bad.");
            assertThat(probe.records()).containsExactly("a");
        }
    }

    @Test
    void skipCountsAndGoesOn() throws Exception {
        try (TestJob job = start(ErrorPolicy.SKIP, DownstreamErrors.THROWN)) {
            assertThat(probe.await(4)).containsExactly("a", "b", "c", "d");
            assertThat(METRICS.value(job, "numRecordsInErrors")).isEqualTo(1);
        }
    }

    @Test
    void emitCountsAndGivesTheMessageToTheSchema() throws Exception {
        try (TestJob job = start(ErrorPolicy.EMIT, DownstreamErrors.THROWN)) {
            assertThat(probe.await(5)).containsExactly("a", "bad: That is bad.", "b", "c", "d");
            assertThat(METRICS.value(job, "numRecordsInErrors")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void skipDoesNotSwallowFailuresOfOtherOperators(DownstreamErrors behaviour) throws Exception {
        probe.poison("b");
        try (TestJob job = start(ErrorPolicy.SKIP, behaviour)) {
            assertThat(job.failure()).rootCause().hasMessage("The probe does not like b.");
            assertThat(probe.records()).containsExactly("a");
        }
    }

    private TestJob start(ErrorPolicy policy, DownstreamErrors behaviour) throws Exception {
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setDeserializer(new PickySchema(behaviour))
                        .setOption(WebSocketOptions.ERROR_POLICY, policy)
                        .build();
        return TestJob.of(source, probe).start();
    }

    /** What a schema may do when collecting throws. */
    private enum DownstreamErrors {
        THROWN,
        WRAPPED,
        SWALLOWED
    }

    /** Does not decode "bad". */
    private static final class PickySchema implements ErrorEmittingDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;

        private final DownstreamErrors behaviour;

        PickySchema(DownstreamErrors behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public void deserialize(WebSocketMessage message, Collector<String> out)
                throws IOException {
            String value = ReplaySchema.value(message);
            if (value.equals("bad")) {
                throw new IOException("That is bad.");
            }
            try {
                out.collect(value);
            } catch (RuntimeException e) {
                if (behaviour == DownstreamErrors.THROWN) {
                    throw e;
                }
                if (behaviour == DownstreamErrors.WRAPPED) {
                    throw new IOException("I could not decode it.", e);
                }
            }
        }

        @Override
        public void deserializeFailed(
                WebSocketMessage message, Exception error, Collector<String> out) {
            out.collect(ReplaySchema.value(message) + ": " + error.getMessage());
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}

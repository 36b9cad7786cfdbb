package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplaySchema;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Any number of splits on any number of subtasks. */
class ParallelismITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "5, 2", "2, 4"})
    void eachSplitIsReadOnceAndInOrder(int splits, int parallelism) throws Exception {
        List<List<String>> expected = append(splits);
        try (TestJob job =
                TestJob.of(Replay.resuming(server, paths(splits)).build(), probe)
                        .parallelism(parallelism)
                        .start()) {
            assertRead(expected);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void messagesMayBeKeptWhileObjectsAreReused() throws Exception {
        List<String> expected = append(1).get(0);
        WebSocketSource<String> source =
                Replay.fromStart(server, "/0").setDeserializer(new LateSchema()).build();
        try (TestJob job = TestJob.of(source, probe).objectReuse().start()) {
            int size = expected.size() - LateSchema.KEPT;
            assertThat(probe.await(size)).isEqualTo(expected.subList(0, size));
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void subtasksWithoutASplitHoldNoWatermarkBack() throws Exception {
        server.append("/0", "v@1000");
        try (TestJob job =
                TestJob.of(Replay.resuming(server, "/0").build(), probe)
                        .parallelism(4)
                        .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                        .start()) {
            Await.until("the watermark follows the only split", () -> probe.watermark() == 999);
            server.append("/0", "v@2000");
            Await.until("the watermark goes on", () -> probe.watermark() == 1999);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    private static String[] paths(int splits) {
        return IntStream.range(0, splits).mapToObj(i -> "/" + i).toArray(String[]::new);
    }

    private List<List<String>> append(int splits) {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < splits; i++) {
            List<String> values = Replay.values(i + "-", 0, 500);
            server.append("/" + i, values);
            all.add(values);
        }
        return all;
    }

    private void assertRead(List<List<String>> expected) {
        int size = expected.stream().mapToInt(List::size).sum();
        List<String> records = probe.await(size);
        assertThat(records).hasSize(size);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(records).containsSubsequence(expected.get(i));
            assertThat(server.connections("/" + i)).isEqualTo(1);
        }
    }

    /** Keeps the last messages and decodes the one before them. */
    private static final class LateSchema implements WebSocketDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;
        private static final int KEPT = 100;

        private final ArrayDeque<WebSocketMessage> kept = new ArrayDeque<>();

        @Override
        public void deserialize(WebSocketMessage message, Collector<String> out) {
            kept.addLast(message);
            if (kept.size() > KEPT) {
                out.collect(ReplaySchema.value(kept.removeFirst()));
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}

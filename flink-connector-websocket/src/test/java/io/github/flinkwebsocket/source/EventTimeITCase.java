package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Watermarks of a reader with several splits. */
class EventTimeITCase {

    private static final JobMetrics METRICS = new JobMetrics();

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard(METRICS);

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void theWatermarkIsThatOfTheSlowestSplit() throws Exception {
        server.append("/fast", "f@5000");
        server.append("/slow", "s@1000");
        try (TestJob job =
                TestJob.of(Replay.resuming(server, "/fast", "/slow").build(), probe)
                        .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                        .start()) {
            probe.await("f@5000");
            Await.until("the slow split gives the watermark", () -> probe.watermark() == 999);
            server.append("/slow", "s@9000");
            Await.until("the fast split gives the watermark", () -> probe.watermark() == 4999);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void aSplitThatHasEndedHoldsNoWatermarkBack() throws Exception {
        server.append("/ended", "e@1000", "e@1001");
        server.append("/open", "o@5000");
        WebSocketSource<String> source =
                Replay.resuming(server, "/ended", "/open")
                        .setOption(WebSocketOptions.BOUNDED_MESSAGES, 2L)
                        .build();
        try (TestJob job =
                TestJob.of(source, probe)
                        .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                        .start()) {
            Await.until("the open split gives the watermark", () -> probe.watermark() == 4999);
            assertThat(probe.records()).contains("e@1000", "e@1001");
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void aSilentSplitHoldsNoWatermarkBackOnceItIsIdle() throws Exception {
        server.append("/busy", "b@5000");
        try (TestJob job =
                TestJob.of(Replay.resuming(server, "/busy", "/silent").build(), probe)
                        .watermarks(
                                WatermarkStrategy.<String>forMonotonousTimestamps()
                                        .withIdleness(Duration.ofMillis(100)))
                        .start()) {
            probe.await("b@5000");
            Await.until("the busy split gives the watermark", () -> probe.watermark() == 4999);
            server.append("/busy", "b@6000");
            Await.until("the watermark goes on", () -> probe.watermark() == 5999);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void theReceiveTimeIsTheTimestampOfARecordWithoutOne() throws Exception {
        long before = System.currentTimeMillis();
        server.append("/", "v");
        try (TestJob job =
                TestJob.of(Replay.resuming(server, "/").build(), probe)
                        .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                        .start()) {
            Await.until("there is a watermark", () -> probe.watermark() > Long.MIN_VALUE);
            assertThat(probe.watermark()).isBetween(before - 1, System.currentTimeMillis());
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void alignmentPausesTheFastSplitWhileItsConnectionLivesOn() throws Exception {
        server.append("/slow", "s@1000");
        try (TestJob job =
                TestJob.of(Replay.resuming(server, "/fast", "/slow").build(), probe)
                        .watermarks(
                                WatermarkStrategy.<String>forMonotonousTimestamps()
                                        .withWatermarkAlignment(
                                                "group",
                                                Duration.ofMillis(100),
                                                Duration.ofMillis(50)))
                        .start()) {
            probe.await("s@1000");
            Await.until("both are connected", () -> server.open("/fast") == 1);
            AtomicInteger sent = new AtomicInteger();
            Await.until("the fast split waits", () -> waitsAfter(job, sent.incrementAndGet()));
            String last = "f@" + (5000 + sent.get());
            assertThat(probe.records()).doesNotContain(last);
            server.ping("/fast").get(30, TimeUnit.SECONDS);

            server.append("/slow", "s@9000");
            probe.await(last);
            assertThat(probe.records()).hasSize(2 * sent.get() + 2);
            assertThat(List.of(server.connections("/fast"), server.connections("/slow")))
                    .containsOnly(1);
        }
    }

    /**
     * Sends one message more on both splits; tells whether that of the fast one stays in the
     * mailbox when that of the slow one, which came later, has been emitted.
     */
    private boolean waitsAfter(TestJob job, int number) {
        try {
            server.append("/fast", "f@" + (5000 + number));
            server.awaitRead("/fast");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        String slow = "s" + number + "@1001";
        server.append("/slow", slow);
        probe.await(slow);
        return METRICS.value(job, "pendingRecords") > 0;
    }
}

package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.OverflowPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens to messages while the job is held back, under each overflow policy. */
class OverflowITCase {

    private static final JobMetrics METRICS = new JobMetrics();

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard(METRICS);

    private static final int ROOM = 100;

    /** More than a socket read brings, which always finds room in an empty mailbox. */
    private static final int SENT = 6000;

    /** As few as the buffers of the kernel hold for sure while nobody reads. */
    private static final int BUFFERED = 3000;

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();
    private final List<String> values = Replay.values("v", 0, SENT);

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void blockLosesNothingAndKeepsTheConnection() throws Exception {
        try (TestJob job = startHeld(OverflowPolicy.BLOCK)) {
            List<String> sent = values.subList(0, BUFFERED);
            server.append("/", sent);
            CompletableFuture<Void> pong = server.ping("/");
            long start = System.nanoTime();
            Await.until(
                    "the read timeout is over",
                    () -> System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(1500));
            assertThat(METRICS.value(job, "pendingRecords")).isBetween(1L, BUFFERED - 1L);
            probe.release();
            assertThat(probe.await(BUFFERED + 1)).endsWith(sent.toArray(new String[0]));
            pong.get(30, TimeUnit.SECONDS);
            assertThat(server.connections("/")).isEqualTo(1);
            assertThat(METRICS.splitValue(job, "messagesDropped")).isZero();
        }
    }

    @Test
    void dropOldestKeepsTheNewestAndCountsTheRest() throws Exception {
        List<String> arrived = sendWhileHeld(OverflowPolicy.DROP_OLDEST);
        assertThat(arrived).endsWith(values.get(SENT - 1));
    }

    @Test
    void dropNewestKeepsTheOldestAndCountsTheRest() throws Exception {
        List<String> arrived = sendWhileHeld(OverflowPolicy.DROP_NEWEST);
        assertThat(arrived).startsWith("first", "v0").doesNotContain(values.get(SENT - 1));
    }

    private List<String> sendWhileHeld(OverflowPolicy policy) throws Exception {
        try (TestJob job = startHeld(policy)) {
            server.append("/", values);
            server.awaitRead("/");
            long dropped = METRICS.splitValue(job, "messagesDropped");
            assertThat(dropped).isBetween((long) SENT / 2, (long) SENT - 1);
            assertThat(METRICS.splitValue(job, "gaps")).isEqualTo(1);
            assertThat(METRICS.value(job, "pendingRecords")).isEqualTo(SENT - dropped);
            probe.release();
            int left = (int) (SENT - dropped);
            List<String> arrived = probe.await(left + 1);
            server.append("/", "last");
            probe.await("last");
            assertThat(probe.records()).hasSize(left + 2);
            assertThat(METRICS.splitValue(job, "messagesDropped")).isEqualTo(dropped);
            assertThat(values).containsSubsequence(arrived.subList(1, arrived.size()));
            assertThat(server.connections("/")).isEqualTo(1);
            return arrived;
        }
    }

    @Test
    void failFailsTheJobAndSaysWhatToDo() throws Exception {
        try (TestJob job = startHeld(OverflowPolicy.FAIL)) {
            server.append("/", values);
            server.awaitRead("/");
            probe.release();
            assertThat(job.failure())
                    .rootCause()
                    .hasMessageMatching(
                            "Split '127\\.0\\.0\\.1-[0-9a-f]{8}': \\d+ messages \\(\\d+ bytes\\) in the"
                                    + " mailbox, and there is no room for more;"
                                    + " 'mailbox\\.overflow' is 'fail'\\. .*");
        }
    }

    /** A job that stands still at its first record, with room for a hundred more. */
    private TestJob startHeld(OverflowPolicy policy) throws Exception {
        WebSocketSource<String> source =
                Replay.live(server, "/")
                        .setOption(WebSocketOptions.MAILBOX_OVERFLOW, policy)
                        .setOption(WebSocketOptions.MAILBOX_MAX_MESSAGES, ROOM)
                        .setOption(WebSocketOptions.PING_INTERVAL, Duration.ofMillis(100))
                        .setOption(WebSocketOptions.READ_TIMEOUT, Duration.ofSeconds(1))
                        .build();
        probe.hold();
        TestJob job = TestJob.of(source, probe).start();
        Await.until("the connection is open", () -> server.open("/") == 1);
        server.append("/", "first");
        probe.awaitHolding();
        return job;
    }
}

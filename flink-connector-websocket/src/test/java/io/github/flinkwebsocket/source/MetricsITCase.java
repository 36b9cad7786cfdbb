package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.metrics.ConnectorMetric;
import io.github.flinkwebsocket.metrics.ConnectorMetric.Scope;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The metrics of reader and splits, as a reporter sees them. */
class MetricsITCase {

    private static final JobMetrics METRICS = new JobMetrics();

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard(METRICS);

    private static final int WAITING = 0;
    private static final int CONNECTING = 1;
    private static final int OPEN = 2;

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void allAreThereBeforeTheFirstMessage() throws Exception {
        try (TestJob job = TestJob.of(Replay.live(server, "/").build(), probe).start()) {
            Await.until("the connection is open", () -> server.open("/") == 1);
            Await.until("we know", () -> METRICS.splitValue(job, "connectionState") == OPEN);
            for (String zero :
                    List.of(
                            "numRecordsIn",
                            "numBytesIn",
                            "numRecordsInErrors",
                            "pendingRecords",
                            "pendingBytes",
                            "currentFetchEventTimeLag")) {
                assertThat(METRICS.value(job, zero)).as(zero).isZero();
            }
            assertThat(METRICS.splitValue(job, "connects")).isEqualTo(1);
            for (String zero :
                    List.of(
                            "reconnects",
                            "lastCloseCode",
                            "messagesReceived",
                            "bytesReceived",
                            "messagesDropped",
                            "gaps")) {
                assertThat(METRICS.splitValue(job, zero)).as(zero).isZero();
            }
            assertThat(METRICS.splitValue(job, "timeSinceLastMessage")).isEqualTo(-1);
            assertThat(METRICS.unassignedSplits(job)).isZero();
        }
    }

    @Test
    void eachIsRegisteredAsItIsDeclared() throws Exception {
        try (TestJob job =
                TestJob.of(Replay.live(server, "/").setId("market").build(), probe).start()) {
            Await.until("it is there", () -> !splitsWithMetrics(job).isEmpty());
            String feed = "websocket.feed.market.";
            String split = splitsWithMetrics(job).get(0) + ".";
            Set<String> declared =
                    Stream.concat(names(feed, Scope.FEED), names(split, Scope.SPLIT))
                            .collect(Collectors.toSet());
            // They are registered one after another.
            Await.until("all are there", () -> ours(job).containsAll(declared));
            assertThat(ours(job)).isEqualTo(declared);
            Map<String, Metric> registered = METRICS.of(job, 0);
            for (ConnectorMetric metric : ConnectorMetric.values()) {
                if (metric.scope() != Scope.ENUMERATOR) {
                    assertIsOfItsKind(
                            metric,
                            registered.get(
                                    (metric.scope() == Scope.READER ? "" : feed)
                                            + (metric.scope() == Scope.SPLIT
                                                    ? split.substring(feed.length())
                                                    : "")
                                            + metric.key()));
                }
            }
        }
    }

    private static Set<String> ours(TestJob job) {
        return METRICS.of(job, 0).keySet().stream()
                .filter(name -> name.startsWith("websocket."))
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(String prefix, Scope scope) {
        return Stream.of(ConnectorMetric.values())
                .filter(metric -> metric.scope() == scope)
                .map(metric -> prefix + metric.key());
    }

    private static void assertIsOfItsKind(ConnectorMetric declared, Metric registered) {
        switch (declared.kind()) {
            case COUNTER:
                assertThat(registered).as(declared.key()).isInstanceOf(Counter.class);
                break;
            case GAUGE_TEXT:
                assertThat(((Gauge<?>) registered).getValue())
                        .as(declared.key())
                        .isInstanceOf(String.class);
                break;
            default:
                assertThat(((Gauge<?>) registered).getValue())
                        .as(declared.key())
                        .isInstanceOf(Number.class);
        }
    }

    @Test
    void withoutMetricsOnlyThoseOfFlinkAreThere() throws Exception {
        server.append("/", "a");
        WebSocketSource<String> source = Replay.fromStart(server, "/").enableMetric(false).build();
        try (TestJob job = TestJob.of(source, probe).start()) {
            probe.await(1);
            Await.until("it is counted", () -> METRICS.value(job, "numRecordsIn") == 1);
            assertThat(METRICS.of(job, 0).keySet())
                    .noneMatch(name -> name.startsWith("websocket."))
                    .doesNotContain("pendingRecords", "pendingBytes", "currentFetchEventTimeLag");
        }
    }

    @Test
    void feedIsNamedByItsId() throws Exception {
        try (TestJob job =
                TestJob.of(Replay.live(server, "/").setId("market").build(), probe).start()) {
            Await.until("it is there", () -> !splitsWithMetrics(job).isEmpty());
            assertThat(splitsWithMetrics(job))
                    .hasSize(1)
                    .allMatch(name -> name.startsWith("websocket.feed.market.split.127.0.0.1-"));
        }
    }

    @Test
    void recordsBytesAndTimesAreCounted() throws Exception {
        long before = System.currentTimeMillis();
        server.append("/", "a@1000", "b@1000", "c@1000");
        try (TestJob job = TestJob.of(Replay.fromStart(server, "/").build(), probe).start()) {
            probe.await(3);
            Await.until("all are emitted", () -> METRICS.value(job, "numRecordsIn") == 3);
            long bytes = 3L * "{\"seq\":0,\"value\":\"a@1000\"}".length();
            assertThat(METRICS.value(job, "numBytesIn")).isEqualTo(bytes);
            assertThat(METRICS.splitValue(job, "messagesReceived")).isEqualTo(3);
            assertThat(METRICS.splitValue(job, "bytesReceived")).isEqualTo(bytes);
            long now = System.currentTimeMillis();
            assertThat(METRICS.value(job, "currentFetchEventTimeLag"))
                    .isBetween(before - 1000, now - 1000);
            assertThat(METRICS.splitValue(job, "timeSinceLastMessage"))
                    .isBetween(0L, System.currentTimeMillis() - before);
        }
    }

    @Test
    void whatWaitsForTheTaskIsPending() throws Exception {
        probe.hold();
        server.append("/", "a");
        try (TestJob job = TestJob.of(Replay.fromStart(server, "/").build(), probe).start()) {
            probe.awaitHolding();
            server.append("/", "b", "c", "d", "e");
            server.awaitRead("/");
            assertThat(METRICS.value(job, "pendingRecords")).isEqualTo(4);
            assertThat(METRICS.value(job, "pendingBytes"))
                    .isEqualTo(4L * "{\"seq\":0,\"value\":\"b\"}".length());
            probe.release();
            probe.await(5);
            Await.until("nothing waits", () -> METRICS.value(job, "pendingRecords") == 0);
            assertThat(METRICS.value(job, "pendingBytes")).isZero();
        }
    }

    @Test
    void connectionsAndTheirEndsAreCounted() throws Exception {
        try (ScriptedServer closing =
                ScriptedServer.start(
                        peer -> {
                            peer.accept();
                            if (peer.number() < 3) {
                                peer.close(4000 + peer.number(), "bye");
                            }
                            peer.awaitEnd();
                        })) {
            try (TestJob job = start(closing)) {
                Await.until("the third is open", () -> closing.connections() == 3);
                Await.until("we know", () -> METRICS.splitValue(job, "connectionState") == OPEN);
                assertThat(METRICS.splitValue(job, "connects")).isEqualTo(3);
                assertThat(METRICS.splitValue(job, "reconnects")).isEqualTo(2);
                assertThat(METRICS.splitValue(job, "lastCloseCode")).isEqualTo(4002);
                assertThat(METRICS.textOf(job, 0))
                        .contains("lastFailure=the server closed it with code 4002: bye\n");
                assertThat(METRICS.splitValue(job, "gaps")).isEqualTo(2);
                assertThat(METRICS.splitValue(job, "downtimeMillis")).isPositive();
            }
        }
    }

    @Test
    void theStateTellsConnectingFromWaiting() throws Exception {
        CountDownLatch refuse = new CountDownLatch(1);
        byte[] answer =
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer refusing =
                ScriptedServer.start(
                        peer -> {
                            refuse.await();
                            peer.send(answer);
                        })) {
            try (TestJob job = start(refusing)) {
                Await.until("there is an attempt", () -> refusing.connections() == 1);
                assertThat(METRICS.splitValue(job, "connectionState")).isEqualTo(CONNECTING);
                refuse.countDown();
                Await.until(
                        "the split waits",
                        () -> METRICS.splitValue(job, "connectionState") == WAITING);
                assertThat(METRICS.splitValue(job, "connects")).isEqualTo(1);
                assertThat(METRICS.splitValue(job, "reconnects")).isZero();
            }
        }
    }

    @Test
    void thoseOfASplitGoWhenItEnds() throws Exception {
        WebSocketSource<String> source =
                Replay.live(server, "/ending", "/open")
                        .setOption(WebSocketOptions.BOUNDED_MESSAGES, 1L)
                        .build();
        try (TestJob job = TestJob.of(source, probe).start()) {
            Await.until(
                    "both are connected", () -> server.open("/ending") + server.open("/open") == 2);
            assertThat(splitsWithMetrics(job)).hasSize(2);
            server.append("/ending", "v");
            Await.until("those of one are gone", () -> splitsWithMetrics(job).size() == 1);
            Await.until("we know", () -> METRICS.splitValue(job, "connectionState") == OPEN);
            assertThat(METRICS.splitValue(job, "timeSinceLastMessage")).isEqualTo(-1);
        }
    }

    private TestJob start(ScriptedServer at) throws Exception {
        return TestJob.of(Replay.live(server, "/").setUrls(at.url("/")).build(), probe).start();
    }

    private static List<String> splitsWithMetrics(TestJob job) {
        return METRICS.of(job, 0).keySet().stream()
                .filter(name -> name.contains(".split."))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .distinct()
                .collect(Collectors.toList());
    }
}

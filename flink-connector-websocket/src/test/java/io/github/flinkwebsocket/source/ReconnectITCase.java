package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplaySchema;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a job sees of connections that break. */
class ReconnectITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void withAPositionNothingIsLostOrDoubledOverTwoDrops() throws Exception {
        List<String> values = Replay.values("v", 0, 3000);
        server.append("/", values);
        server.cut(2, 700);
        try (TestJob job = TestJob.of(Replay.resuming(server, "/").build(), probe).start()) {
            assertThat(probe.await(3000)).isEqualTo(values);
            assertThat(server.connections("/")).isEqualTo(3);
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void withAPositionNothingIsLostOrDoubledOverAReset() throws Exception {
        try (TestJob job = TestJob.of(Replay.resuming(server, "/").build(), probe).start()) {
            server.append("/", "a", "b");
            probe.await(2);
            server.reset();
            server.append("/", "c");
            assertThat(probe.await(3)).containsExactly("a", "b", "c");
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void withoutAPositionMessagesTellTheNumberOfTheirConnection() throws Exception {
        WebSocketSource<String> source =
                Replay.live(server, "/")
                        .setDeserializer(ReplaySchema.valuesWithConnection())
                        .build();
        try (TestJob job = TestJob.of(source, probe).start()) {
            for (int connection = 1; connection <= 3; connection++) {
                int expected = connection;
                Await.until(
                        "connection " + connection + " is open",
                        () -> server.connections("/") == expected);
                server.append("/", "v" + connection);
                probe.await(connection + ":v" + connection);
                server.drop();
            }
            assertThat(probe.records()).containsExactly("1:v1", "2:v2", "3:v3");
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    @Test
    void aServerThatGreetsAndClosesIsGivenUpSinceNoRecordCame() throws Exception {
        try (ScriptedServer closing =
                ScriptedServer.start(
                        peer -> {
                            peer.accept().sendText("{\"event\":\"welcome\"}");
                            peer.close(1000, "");
                        })) {
            try (TestJob job = TestJob.of(source(closing.url("/")), probe).start()) {
                assertThat(job.failure())
                        .hasStackTraceContaining("was the last of 3 in a row without a record");
            }
            assertThat(closing.connections()).isEqualTo(3);
        }
    }

    @Test
    void heartbeatsDoNotHideThatASubscriptionIsDead() throws Exception {
        try (ScriptedServer beating =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("{\"data\":" + peer.number() + "}");
                                    while (true) {
                                        peer.read();
                                        peer.sendText("{\"type\":\"heartbeat\"}");
                                    }
                                });
                TestJob job = TestJob.of(source(beating.url("/")), probe).start()) {
            assertThat(probe.await(2)).containsExactly("1", "2");
            assertThat(job.status().isTerminalState()).isFalse();
        }
    }

    private static WebSocketSource<String> source(String url) {
        return WebSocketSource.<String>builder()
                .setUrls(url)
                .setDeserializer(WebSocketDeserializationSchema.text())
                .setOption(WebSocketOptions.MESSAGE_RECORD, "/data")
                .setOption(WebSocketOptions.PING_INTERVAL, Duration.ofMillis(50))
                .setOption(WebSocketOptions.DATA_TIMEOUT, Duration.ofMillis(500))
                .setOption(WebSocketOptions.RECONNECT_INITIAL_BACKOFF, Duration.ofMillis(10))
                .setOption(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 3)
                .build();
    }
}

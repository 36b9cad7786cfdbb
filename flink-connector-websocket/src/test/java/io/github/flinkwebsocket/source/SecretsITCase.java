package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.source.split.WebSocketSplit;
import io.github.flinkwebsocket.source.split.WebSocketSplitSerializer;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.ForwardProxy;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.LogCapture;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.Replay;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A token in the query and a password in the user info stay with the connection. */
class SecretsITCase {

    private static final JobMetrics METRICS = new JobMetrics();

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard(METRICS);

    private static final String[] SECRETS = {"hunter2", "tok3n", "dXNlcjpodW50ZXIy"};

    private final ReplayServer server = ReplayServer.start();
    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void areNotInTheJobItsSplitsMetricsThreadsAndLineage() throws Exception {
        String path = "/stream?token=tok3n";
        server.append(path, "v");
        WebSocketSource<String> source =
                Replay.fromStart(server, "/").setUrls(secret(server.url(path))).build();

        assertThat(source.toString()).contains("/stream").doesNotContain(SECRETS);
        assertThat(source.getLineageVertex().datasets())
                .extracting(LineageDataset::name, LineageDataset::namespace)
                .singleElement()
                .asString()
                .contains("/stream")
                .doesNotContain(SECRETS);
        assertThat(TestJob.of(source, probe).environment().getExecutionPlan())
                .contains("feed")
                .doesNotContain(SECRETS);

        try (TestJob job = TestJob.of(source, probe).start()) {
            probe.await(1);
            assertThat(METRICS.textOf(job, 0))
                    .contains("websocket.feed.", "lastFailure")
                    .doesNotContain(SECRETS);
            Set<String> threads =
                    Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .collect(Collectors.toSet());
            assertThat(threads.toString()).contains("websocket-").doesNotContain(SECRETS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\n\r\nnope",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "nonsense\r\n\r\n",
                ""
            })
    void areNotInTheFailureOfAJobThatCouldNotConnect(String answer) throws Exception {
        try (ScriptedServer refusing =
                ScriptedServer.start(peer -> peer.send(answer.getBytes(StandardCharsets.UTF_8)))) {
            assertFailureIsClean(refusing.url("/stream?token=tok3n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://127.0.0.1:1/?token=tok3n", "wss://127.0.0.1:1/?token=tok3n"})
    void areNotInTheFailureOfAJobWithoutAServer(String url) throws Exception {
        assertFailureIsClean(url);
    }

    @Test
    void areNotInTheLogOrTheStateWhateverTheyAreFor() throws Exception {
        try (LogCapture log = new LogCapture();
                ForwardProxy proxy = ForwardProxy.http("me:hunter2");
                ScriptedServer dropping =
                        ScriptedServer.start(
                                peer -> {
                                    peer.accept().sendText("v");
                                    peer.drop();
                                })) {
            WebSocketSource<String> source =
                    WebSocketSource.<String>builder()
                            .setUrls(secret(dropping.url("/stream?token=tok3n")))
                            .addOpenMessage("tok3n")
                            .setDeserializer(WebSocketDeserializationSchema.text())
                            .setOption(WebSocketOptions.PROXY_URL, proxy.url())
                            .setOption(WebSocketOptions.PROXY_USERNAME, "me")
                            .setOption(WebSocketOptions.PROXY_PASSWORD, "hunter2")
                            .setOption(WebSocketOptions.HTTP_HEADERS, Map.of("Cookie", "tok3n"))
                            .setOption(WebSocketOptions.AUTH_TOKEN, "tok3n")
                            .setOption(WebSocketOptions.BOUNDED_MESSAGES, 3L)
                            .build();
            assertThat(source.toString()).doesNotContain(SECRETS);
            try (TestJob job = TestJob.of(source, probe).start()) {
                probe.await(3);
                Await.until(
                        "the end is logged", () -> log.lines().toString().contains("is finished"));
            }
            assertThat(log.lines().toString())
                    .contains("is open", "has ended", "/stream")
                    .doesNotContain(SECRETS);
            String id = source.feed().endpoints().get(0).id();
            byte[] state = WebSocketSplitSerializer.INSTANCE.serialize(WebSocketSplit.fresh(id));
            assertThat(new String(state, StandardCharsets.ISO_8859_1)).doesNotContain(SECRETS);
        }
    }

    @Test
    void warningSaysThatServersAreNotVerified() throws Exception {
        try (LogCapture log = new LogCapture()) {
            server.append("/", "v");
            WebSocketSource<String> source =
                    Replay.fromStart(server, "/")
                            .setOption(WebSocketOptions.TLS_INSECURE, true)
                            .build();
            try (TestJob job = TestJob.of(source, probe).start()) {
                probe.await(1);
            }
            assertThat(log.lines())
                    .anyMatch(
                            line ->
                                    line.startsWith(
                                            "WARN 'tls.insecure-skip-verification' is true"));
        }
    }

    private void assertFailureIsClean(String url) throws Exception {
        WebSocketSource<String> source =
                Replay.fromStart(server, "/")
                        .setUrls(secret(url))
                        .setOption(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 1)
                        .build();
        try (TestJob job = TestJob.of(source, probe).start()) {
            assertThat(ExceptionUtils.stringifyException(job.failure()))
                    .contains("Split '127.0.0.1-")
                    .doesNotContain(SECRETS);
        }
    }

    private static String secret(String url) {
        return url.replace("://", "://user:hunter2@");
    }
}

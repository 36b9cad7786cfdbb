package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Compressed;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages of every encoding and framing on their way from a socket to an operator. */
class MessageStepsITCase {

    private static final JobMetrics METRICS = new JobMetrics();

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard(METRICS);

    private static final List<String> RECORDS =
            List.of(
                    "{\"n\":1,\"t\":1000}",
                    "{\"n\":123456789012345678901234567,\"t\":2000}",
                    "{\"n\":0.10,\"t\":3000}");

    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
    }

    static Stream<Arguments> encodingsAndFramings() {
        return Arrays.stream(MessageCompression.values())
                .flatMap(
                        compression ->
                                Arrays.stream(MessageFraming.values())
                                        .flatMap(
                                                framing ->
                                                        Arrays.stream(MessageUnwrapping.values())
                                                                .map(
                                                                        unwrapping ->
                                                                                Arguments.of(
                                                                                        compression,
                                                                                        framing,
                                                                                        unwrapping))));
    }

    @ParameterizedTest
    @MethodSource("encodingsAndFramings")
    void recordsComeOutAsTheyWent(
            MessageCompression compression, MessageFraming framing, MessageUnwrapping unwrapping)
            throws Exception {
        Frame frame = message(compression, framing, unwrapping);
        try (ScriptedServer server = ScriptedServer.sending(frame, frame)) {
            WebSocketSourceBuilder<String> builder =
                    source(server)
                            .setOption(WebSocketOptions.MESSAGE_COMPRESSION, compression)
                            .setOption(WebSocketOptions.MESSAGE_FRAMING, framing)
                            .setOption(WebSocketOptions.MESSAGE_UNWRAP, unwrapping)
                            .setOption(WebSocketOptions.MESSAGE_RECORD, "/data/*")
                            .setOption(WebSocketOptions.MESSAGE_EVENT_TIME, "/data/*/t")
                            .setOption(WebSocketOptions.BOUNDED_MESSAGES, 2L);
            if (framing == MessageFraming.SEPARATOR) {
                builder.setOption(WebSocketOptions.MESSAGE_SEPARATOR, "\\u001e");
            }
            try (TestJob job =
                    TestJob.of(builder.build(), probe)
                            .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                            .start()) {
                job.awaitFinished();
            }
        }
        assertThat(probe.records())
                .containsExactly(
                        RECORDS.get(0),
                        RECORDS.get(1),
                        RECORDS.get(2),
                        RECORDS.get(0),
                        RECORDS.get(1),
                        RECORDS.get(2));
    }

    @Test
    void eventTimeDrivesTheWatermark() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.sending(Frame.text("{\"data\":[{\"t\":5},{\"t\":77}]}"))) {
            WebSocketSource<String> source =
                    source(server)
                            .setOption(WebSocketOptions.MESSAGE_RECORD, "/data/*")
                            .setOption(WebSocketOptions.MESSAGE_EVENT_TIME, "/data/*/t")
                            .setOption(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, "epoch-seconds")
                            .build();
            try (TestJob job =
                    TestJob.of(source, probe)
                            .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                            .start()) {
                Await.until("the watermark follows", () -> probe.watermark() == 77_000 - 1);
            }
        }
    }

    @Test
    void controlMessagesAreCountedAndPassSilently() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.sending(
                        Frame.text("{\"event\":\"subscribed\"}"),
                        Frame.text("{\"data\":[1]}"),
                        Frame.text("{\"event\":\"heartbeat\"}"),
                        Frame.text("{\"data\":[2]}"))) {
            WebSocketSource<String> source =
                    source(server)
                            .setId("market")
                            .setOption(WebSocketOptions.MESSAGE_RECORD, "/data/*")
                            .build();
            try (TestJob job = TestJob.of(source, probe).start()) {
                assertThat(probe.await(2)).containsExactly("1", "2");
                assertThat(METRICS.value(job, "websocket.feed.market.controlMessages"))
                        .isEqualTo(2);
                assertThat(METRICS.value(job, "numRecordsIn")).isEqualTo(4);
                assertThat(METRICS.value(job, "numRecordsInErrors")).isZero();
            }
        }
    }

    @Test
    void recordsWithoutAnEventTimeAreCountedAndMoveNoWatermark() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.sending(
                        Frame.text("{\"event\":\"subscribed\"}"),
                        Frame.text("{\"t\":5000}"),
                        Frame.text("{\"event\":\"heartbeat\"}"))) {
            WebSocketSource<String> source =
                    source(server)
                            .setId("market")
                            .setOption(WebSocketOptions.MESSAGE_EVENT_TIME, "/t")
                            .build();
            try (TestJob job =
                    TestJob.of(source, probe)
                            .watermarks(
                                    WatermarkStrategy.forBoundedOutOfOrderness(
                                            Duration.ofSeconds(1)))
                            .start()) {
                probe.await(3);
                Await.until("the watermark follows", () -> probe.watermark() == 3999);
                assertThat(METRICS.value(job, "websocket.feed.market.recordsWithoutEventTime"))
                        .isEqualTo(2);
            }
        }
    }

    private static WebSocketSourceBuilder<String> source(ScriptedServer server) {
        return WebSocketSource.<String>builder()
                .setUrls(server.url("/"))
                .setDeserializer(WebSocketDeserializationSchema.text());
    }

    /** A message with all records and a frame without any. */
    private static Frame message(
            MessageCompression compression, MessageFraming framing, MessageUnwrapping unwrapping) {
        String ack = "{\"ack\":true}";
        String first = envelope(RECORDS.subList(0, 2), unwrapping);
        String second = envelope(RECORDS.subList(2, 3), unwrapping);
        String text;
        switch (framing) {
            case LINES:
                text = String.join("\r\n", ack, first, second);
                break;
            case SEPARATOR:
                text = String.join("\u001e", first, ack, second, "");
                break;
            case JSON:
                text = first + ack + second;
                break;
            default:
                text = envelope(RECORDS, unwrapping);
        }
        return compression == MessageCompression.NONE
                ? Frame.text(text)
                : Frame.binary(Compressed.with(compression, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String envelope(List<String> records, MessageUnwrapping unwrapping) {
        return records.stream()
                .map(record -> wrapped(record, unwrapping))
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
    }

    private static String wrapped(String record, MessageUnwrapping unwrapping) {
        switch (unwrapping) {
            case NONE:
                return record;
            case JSON_STRING:
                return '"' + record.replace("\"", "\\\"") + '"';
            default:
                byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
                return '"'
                        + Base64.getEncoder()
                                .encodeToString(Compressed.with(unwrapping.compression(), bytes))
                        + '"';
        }
    }
}

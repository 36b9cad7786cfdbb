package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.MessageMetadata;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Compressed;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.JobMetrics;
import io.github.flinkwebsocket.testing.Probe;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.TestJob;

import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What an enricher learns of messages and connections. */
class MetadataITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Clusters.standard(new JobMetrics());

    private static final byte[] PAYLOAD =
            Compressed.with(
                    MessageCompression.GZIP,
                    "{\"s\":7,\"t\":5,\"data\":[1,2]}".getBytes(StandardCharsets.UTF_8));

    private final Probe probe = new Probe();

    @AfterEach
    void close() {
        probe.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachIsThatOfTheMessage(MessageMetadata metadata) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept(
                                    "Sec-WebSocket-Protocol: v2",
                                    "X-Request-Id: 42",
                                    "Set-Cookie: s3cret");
                            peer.send(Frame.binary(PAYLOAD), Frame.binary(PAYLOAD));
                            peer.awaitEnd();
                        })) {
            WebSocketSource<String> source =
                    WebSocketSource.<String>builder()
                            .setUrls(server.url("/stream?token=s3cret"))
                            .setId("market")
                            .setDeserializer(WebSocketDeserializationSchema.text())
                            .addInitialOpenMessage("from the start")
                            .addOpenMessage("from ${position}")
                            .setPositionExtractor(PositionExtractor.jsonPointer("/s"))
                            .setOption(WebSocketOptions.SUBPROTOCOLS, List.of("v1", "v2"))
                            .setOption(
                                    WebSocketOptions.MESSAGE_COMPRESSION, MessageCompression.GZIP)
                            .setOption(WebSocketOptions.MESSAGE_RECORD, "/data/*")
                            .setOption(WebSocketOptions.MESSAGE_EVENT_TIME, "/t")
                            .setEnricher((record, message) -> record + show(metadata, message))
                            .build();
            Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
            try (TestJob job = TestJob.of(source, probe).start()) {
                List<String> records = probe.await(4);
                assertThat(records).allMatch(record -> !record.contains("s3cret"));
                assertValue(metadata, records.get(2), server, before);
            }
        }
    }

    /** Of the first record of the second message. */
    private static void assertValue(
            MessageMetadata metadata, String record, ScriptedServer server, Instant before) {
        String value = record.substring(1);
        switch (metadata) {
            case URL:
                assertThat(value).isEqualTo("ws://127.0.0.1:" + server.port() + "/stream?***");
                break;
            case HOST:
                assertThat(value).isEqualTo("127.0.0.1");
                break;
            case FEED_ID:
                assertThat(value).isEqualTo("market");
                break;
            case SPLIT_ID:
                assertThat(value).matches("127\\.0\\.0\\.1-[0-9a-f]{8}");
                break;
            case RECEIVE_TIME:
                assertThat(Instant.parse(value))
                        .isBetween(before, before.plus(Duration.ofHours(1)));
                break;
            case EVENT_TIME:
                assertThat(Instant.parse(value)).isEqualTo(Instant.ofEpochMilli(5));
                break;
            case CONNECTION_NUMBER:
                assertThat(value).isEqualTo("1");
                break;
            case MESSAGE_NUMBER:
                assertThat(value).isEqualTo("2");
                break;
            case TEXT:
                assertThat(value).isEqualTo("false");
                break;
            case SIZE:
                assertThat(value).isEqualTo(String.valueOf(PAYLOAD.length));
                break;
            case SUBPROTOCOL:
                assertThat(value).isEqualTo("v2");
                break;
            case HEADERS:
                assertThat(value).isEqualTo("x-request-id is 42");
                break;
            case POSITION:
                assertThat(value).isEqualTo("7");
                break;
            default:
                throw new AssertionError("There is no test of " + metadata + ".");
        }
    }

    private static String show(MessageMetadata metadata, WebSocketMessage message) {
        Object value = metadata.read(message);
        if (metadata != MessageMetadata.HEADERS) {
            return String.valueOf(value);
        }
        Map<?, ?> headers = (Map<?, ?>) value;
        return headers.containsKey("Set-Cookie")
                ? headers.toString()
                : "x-request-id is " + headers.get("x-request-id");
    }

    @Test
    void everyOneCanBeFoundByItsKey() {
        for (MessageMetadata metadata : MessageMetadata.values()) {
            assertThat(MessageMetadata.byKey(metadata.key())).isSameAs(metadata);
        }
        assertThat(MessageMetadata.byKey("nothing")).isNull();
    }
}

package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Four paths on a {@link ReplayServer} for one test of Flink's suite: the first writer fills the
 * first path, and so on.
 */
public final class ReplayExternalContext implements DataStreamSourceExternalContext<String> {

    private static final int SPLITS = 4;

    private final ReplayServer server = ReplayServer.start();
    private int writers;

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        WebSocketSourceBuilder<String> builder =
                WebSocketSource.<String>builder()
                        .setUrls(
                                IntStream.range(0, SPLITS)
                                        .mapToObj(split -> server.url("/" + split))
                                        .toArray(String[]::new))
                        .setPositionExtractor(PositionExtractor.jsonPointer("/seq"))
                        .setDeserializer(ReplaySchema.values())
                        .setOption(WebSocketOptions.RECONNECT_STABLE_AFTER, Duration.ofMillis(10))
                        .setOption(
                                WebSocketOptions.RECONNECT_INITIAL_BACKOFF, Duration.ofMillis(10));
        if (settings.getBoundedness() == Boundedness.BOUNDED) {
            return builder.addInitialOpenMessage("{\"after\":-1,\"follow\":false}")
                    .addOpenMessage("{\"after\":${position},\"follow\":false}")
                    .setOption(
                            WebSocketOptions.BOUNDED_CLOSE_CODES, List.of(ReplayServer.END_OF_LOG))
                    .build();
        }
        return builder.addInitialOpenMessage(ReplayServer.FROM_START)
                .addOpenMessage(ReplayServer.FROM_POSITION)
                .build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
            TestingSourceSettings settings) {
        String path = "/" + writers++;
        return new ExternalSystemSplitDataWriter<>() {
            @Override
            public void writeRecords(List<String> records) {
                server.append(path, records);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<String> generateTestData(TestingSourceSettings settings, int split, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 50 + random.nextInt(50))
                .mapToObj(i -> split + "-" + i + "-" + random.nextLong())
                .collect(Collectors.toList());
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
        return List.of();
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "ReplayServer";
    }
}

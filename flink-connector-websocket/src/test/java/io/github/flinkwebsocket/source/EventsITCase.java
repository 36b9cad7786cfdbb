package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.event.WebSocketEvent;
import io.github.flinkwebsocket.message.event.WebSocketEventSchema;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.ReplayServer;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Events on their way from a socket through a shuffle into keyed state. */
class EventsITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    private static final String EXACT = "123456789012345678901234567.10";

    /** The last sum of each key of the running test. */
    private static final Map<String, String> SUMS = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eventsCrossTheNetworkUnchanged(boolean objectReuse) throws Exception {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            frames.add(
                    Frame.text(
                            String.format(
                                    "[{\"key\":\"k%d\",\"n\":%s,\"list\":[{\"i\":%d}]},%d]",
                                    i % 7, EXACT, i, i)));
        }
        try (ScriptedServer server = ScriptedServer.sending(frames.toArray(new Frame[0]))) {
            WebSocketSource<WebSocketEvent> source =
                    WebSocketSource.<WebSocketEvent>builder()
                            .setUrls(server.url("/"))
                            .setDeserializer(WebSocketEventSchema.json())
                            .addField("[feed][host]", "%{[@metadata][host]}")
                            .addTags("live")
                            .setType("trade")
                            .setOption(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT)
                            .setOption(WebSocketOptions.BOUNDED_MESSAGES, 100L)
                            .build();
            Configuration config = new Configuration();
            config.setString("pipeline.object-reuse", Boolean.toString(objectReuse));
            List<String> seen = new ArrayList<>();
            // No returns(): Flink finds the type of events by itself.
            environment(config)
                    .fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                    .map(event -> event)
                    .rebalance()
                    .keyBy(event -> event.has("key") ? event.get("key").textValue() : "none")
                    .map(WebSocketEvent::toString)
                    .executeAndCollect()
                    .forEachRemaining(seen::add);
            assertThat(seen).hasSize(200);
            for (int i = 0; i < 100; i++) {
                String event =
                        String.format(
                                "{\"key\":\"k%d\",\"n\":%s,\"list\":[{\"i\":%d}],",
                                i % 7, EXACT, i);
                assertThat(seen).anyMatch(s -> s.startsWith(event));
                String failure = String.format("{\"message\":\"%d\",", i);
                assertThat(seen).anyMatch(s -> s.startsWith(failure));
            }
            assertThat(seen)
                    .allMatch(s -> s.contains("\"type\":\"trade\""))
                    .allMatch(s -> s.contains("\"feed\":{\"host\":\"127.0.0.1\"}"))
                    .filteredOn(s -> s.contains("\"tags\":[\"_jsonparsefailure\",\"live\"]"))
                    .hasSize(100);
        }
    }

    @Test
    void operatorsThatChangeEventsDoNotDisturbOthers() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending(Frame.text("{\"a\":{\"b\":1}}"))) {
            WebSocketSource<WebSocketEvent> source =
                    WebSocketSource.<WebSocketEvent>builder()
                            .setUrls(server.url("/"))
                            .setDeserializer(WebSocketEventSchema.json())
                            .setOption(WebSocketOptions.BOUNDED_MESSAGES, 1L)
                            .build();
            DataStream<WebSocketEvent> events =
                    environment(new Configuration())
                            .fromSource(source, WatermarkStrategy.noWatermarks(), "feed");
            DataStream<String> changing =
                    events.map(
                            event -> {
                                event.set("[a][b]", 2);
                                return event.get("a").toString();
                            });
            DataStream<String> reading = events.map(event -> event.get("a").toString());
            List<String> seen = new ArrayList<>();
            changing.union(reading).executeAndCollect().forEachRemaining(seen::add);
            assertThat(seen).containsExactlyInAnyOrder("{\"b\":2}", "{\"b\":1}");
        }
    }

    @Test
    void eventsInStateSurviveASavepoint(@TempDir Path savepoints) throws Exception {
        SUMS.clear();
        try (ReplayServer server = ReplayServer.start()) {
            server.append("/feed", "a", "b", "a");
            Configuration config = new Configuration();
            JobClient first = start(server, config);
            Await.until(
                    "three events are summed up",
                    () -> SUMS.equals(Map.of("a", "2.20", "b", "1.10")));
            String savepoint =
                    first.stopWithSavepoint(
                                    false,
                                    savepoints.toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get(30, TimeUnit.SECONDS);
            SUMS.clear();
            server.append("/feed", "b", "a");
            config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            JobClient second = start(server, config);
            try {
                Await.until("the sums go on", () -> SUMS.equals(Map.of("a", "3.30", "b", "2.20")));
            } finally {
                second.cancel().get(30, TimeUnit.SECONDS);
                Await.until(
                        "the job has ended",
                        () -> second.getJobStatus().join().isGloballyTerminalState());
            }
        }
    }

    private static JobClient start(ReplayServer server, Configuration config) throws Exception {
        WebSocketSource<WebSocketEvent> source =
                WebSocketSource.<WebSocketEvent>builder()
                        .setUrls(server.url("/feed"))
                        .addInitialOpenMessage(ReplayServer.FROM_START)
                        .addOpenMessage(ReplayServer.FROM_POSITION)
                        .setPositionExtractor(PositionExtractor.jsonPointer("/seq"))
                        .setDeserializer(WebSocketEventSchema.json())
                        .build();
        StreamExecutionEnvironment env = environment(config);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                .uid("feed")
                .keyBy(event -> event.get("value").textValue())
                .process(new Summing())
                .returns(Types.STRING)
                .uid("sum")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return env.executeAsync("events");
    }

    private static StreamExecutionEnvironment environment(Configuration config) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        return env;
    }

    /** Adds 1.10 to the last event of the key, and keeps it. */
    private static final class Summing
            extends KeyedProcessFunction<String, WebSocketEvent, String> {

        private static final long serialVersionUID = 1L;
        private static final BigDecimal STEP = new BigDecimal("1.10");

        private transient ValueState<WebSocketEvent> last;

        @Override
        public void open(OpenContext context) {
            last =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("last", WebSocketEvent.class));
        }

        @Override
        public void processElement(WebSocketEvent event, Context context, Collector<String> out)
                throws Exception {
            WebSocketEvent before = last.value();
            BigDecimal sum = before == null ? BigDecimal.ZERO : before.get("sum").decimalValue();
            event.set("sum", sum.add(STEP));
            last.update(event);
            SUMS.put(context.getCurrentKey(), event.get("sum").decimalValue().toString());
        }
    }
}

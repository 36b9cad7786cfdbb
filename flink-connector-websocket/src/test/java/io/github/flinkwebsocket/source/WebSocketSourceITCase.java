package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The source in a job on a MiniCluster. */
class WebSocketSourceITCase {

    @Test
    void emitsTheMessagesOfAFeedInOrder() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept();
                            assertThat(peer.read().text()).isEqualTo("subscribe");
                            peer.send(Frame.text("a"), Frame.text("b"), Frame.text("c"));
                            peer.close(1000, "done");
                        })) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            WebSocketSource<String> source =
                    WebSocketSource.<String>builder()
                            .setUrls(server.url("/"))
                            .addOpenMessage("subscribe")
                            .setDeserializer(WebSocketDeserializationSchema.text())
                            .setOption(WebSocketOptions.BOUNDED_CLOSE_CODES, List.of(1000))
                            .build();
            List<String> records =
                    env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                            .setParallelism(1)
                            .executeAndCollect(10);
            assertThat(records).containsExactly("a", "b", "c");
        }
    }
}

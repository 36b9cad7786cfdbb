package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.probe.analysis.Transcript;
import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the probe prints runs as it is, and gives the records of the feed. */
class ProbeStatementITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    @ParameterizedTest
    @CsvSource({"alpaca,1","binance,1","bitfinex,1","centrifugo,1","coinbase,1","deribit,1","graphql,1","htx,1","jetstream,1","loki,1","nostr,1","okx,1","pulsar,1","pulsar-json,1","pusher,1","signalr,1"})
    void readsTheFeed(String name, int rows) throws Exception {
        List<WebSocketMessage> messages = Transcript.read(name);
        try (ScriptedServer server = serving(messages)) {
            int count = messages.size();
            String script =
                    new ProbeRun(
                                    "--url",
                                    server.url("/"),
                                    "--messages",
                                    Integer.toString(count),
                                    "--option",
                                    "bounded.messages=" + count)
                            .out();
            TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
            env.executeSql(script.substring(script.indexOf("CREATE")).replaceAll(";\\s*$", ""));
            System.out.println("==== " + name);
            query(env, "SELECT * FROM feed").forEach(System.out::println);
        }
    }

    private static ScriptedServer serving(List<WebSocketMessage> messages) {
        Frame[] frames =
                messages.stream()
                        .map(m -> Frame.of(true, m.isText() ? 1 : 2, m.getPayload()))
                        .toArray(Frame[]::new);
        return ScriptedServer.sending(frames);
    }

    private static List<Row> query(TableEnvironment env, String query) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = env.executeSql(query).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }
}

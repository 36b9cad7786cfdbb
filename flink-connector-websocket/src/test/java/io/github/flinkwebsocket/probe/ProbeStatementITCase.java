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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the probe prints runs as it is, and gives the records of the feed. */
class ProbeStatementITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    private final TableEnvironment env =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alpaca|T, i, p, t, event_time|WHERE S IS NOT NULL"
                        + "|[t, 1, 133.85, 2026-02-25T06:13:20.123456789Z, 2026-02-25T06:13:20.123Z]"
                        + " [b, null, null, 2026-02-25T06:13:00Z, 2026-02-25T06:13:00Z]"
                        + " [t, 2, 133.9, 2026-02-25T06:13:21.500Z, 2026-02-25T06:13:21.500Z]",
                "binance|s, t, p, T, m, event_time|"
                        + "|[BTCUSDT, 5001, 64000.100000000000000000, 1772000000100, false, 2026-02-25T06:13:20.100Z]"
                        + " [BTCUSDT, 5002, 64000.200000000000000000, 1772000000139, true, 2026-02-25T06:13:20.139Z]"
                        + " [ETHUSDT, 771, 3400.000000000000000000, 1772000000151, true, 2026-02-25T06:13:20.151Z]",
                "bitfinex|JSON_VALUE(message, '$[2][3]'), event_time|WHERE JSON_VALUE(message, '$[1]') = 'te'"
                        + "|[64001, 2026-02-25T06:13:20.500Z] [64002, 2026-02-25T06:13:20.600Z]",
                "bitget|data[1][2], event_time|WHERE action IS NOT NULL"
                        + "|[64000.100000000000000000, 2026-02-25T06:13:20Z]"
                        + " [64000.100000000000000000, 2026-02-25T06:13:21Z]"
                        + " [64000.100000000000000000, 2026-02-25T06:13:22Z]",
                "centrifugo|v||[44] [45] [46]",
                "coinbase|trade_id, price, `time`, event_time|"
                        + "|[900, 64000.100000000000000000, 2026-02-25T06:13:19.900Z, 2026-02-25T06:13:19.900Z]"
                        + " [899, 64000.000000000000000000, 2026-02-25T06:13:19.800Z, 2026-02-25T06:13:19.800Z]"
                        + " [902, 64000.200000000000000000, 2026-02-25T06:13:21.123456Z, 2026-02-25T06:13:21.123Z]",
                "cryptocom|p, event_time|"
                        + "|[64000.000000000000000000, 2026-02-25T06:13:20Z]"
                        + " [64000.100000000000000000, 2026-02-25T06:13:20.010Z]"
                        + " [64000.200000000000000000, 2026-02-25T06:13:20.020Z]",
                "deribit|instrument_name, price, bids[1][2], event_time|"
                        + "|[BTC-PERPETUAL, null, 64000.0, 2026-02-25T06:13:20.100Z]"
                        + " [BTC-PERPETUAL, 64000.5, null, 2026-02-25T06:13:20.200Z]"
                        + " [null, null, 64000.0, 2026-02-25T06:13:20.300Z]",
                "dydx|id, event_time|"
                        + "|[00, 2026-02-25T06:13:19Z] [01, 2026-02-25T06:13:20.500Z]"
                        + " [02, 2026-02-25T06:13:21.500Z] [03, 2026-02-25T06:13:22.500Z]",
                "graphql|id, v||[42, 1] [43, 2] [44, 3]",
                "htx|id, amount, event_time|"
                        + "|[137005445109359286410323766, 0.0061, 2026-02-25T06:13:25.119Z]"
                        + " [137005445109359286410323767, 0.1, 2026-02-25T06:13:25.119Z]",
                "jetstream|kind, `commit`.record.text, `identity`.handle, event_time|"
                        + "|[commit, hi, null, 2026-02-25T06:13:20Z]"
                        + " [identity, null, b.example, 2026-02-25T06:13:20Z]"
                        + " [commit, null, null, 2026-02-25T06:13:20Z]",
                "loki|`stream`.level, `values`[1][2], event_time|"
                        + "|[info, paid, 2026-02-25T06:13:20.123Z]"
                        + " [error, card refused, 2026-02-25T06:13:21.123Z]",
                "nostr|id, tags, event_time|"
                        + "|[e3, [[t, news]], 2026-02-25T06:18:20Z] [e2, [], 2026-02-25T06:15:20Z]",
                "okx|bids[1][2], ts, event_time|"
                        + "|[1.000000000000000000, 1772000000100, 2026-02-25T06:13:20.100Z]"
                        + " [3.250000000000000000, 1772000000200, 2026-02-25T06:13:20.200Z]",
                "pulsar|message, event_time|"
                        + "|[Hello, 2026-02-25T06:13:20.123Z] [World wide, 2026-02-25T06:13:20.200Z]",
                "pulsar-json|id, temp, event_time|"
                        + "|[1, 21.5, 2026-02-25T06:13:20Z] [2, 22.25, 2026-02-25T06:13:21Z]",
                "pusher|id, price_str, event_time|WHERE id IS NOT NULL"
                        + "|[1, 64000.500000000000000000, 2026-02-25T06:13:20.100Z]"
                        + " [2, 64000.000000000000000000, 2026-02-25T06:13:20.200Z]",
                "signalr|v||[1] [2]"
            })
    void readsTheFeed(String name, String columns, String where, String rows) throws Exception {
        create(Transcript.read(name), columns + (where == null ? "" : " FROM feed " + where), rows);
    }

    /** Options that need a column get one; names of the records stay theirs. */
    @Test
    void hasTheColumnsThatOptionsNeed() throws Exception {
        create(
                List.of(Transcript.text("{\"event_time\":1772000000,\"type\":\"a\"}")),
                "event_time, event_time_, `type`, type_, tags, fields['x'], error",
                "[1772000000, 2026-02-25T06:13:20Z, a, t, [b], y, null]",
                "--option",
                "type=t",
                "--option",
                "tags=b",
                "--option",
                "add-field.x=y",
                "--option",
                "error-policy=emit");
    }

    private void create(List<WebSocketMessage> messages, String select, String rows, String... more)
            throws Exception {
        Frame[] frames =
                messages.stream()
                        .map(
                                m ->
                                        m.isText()
                                                ? Frame.text(m.getText())
                                                : Frame.binary(m.getPayload()))
                        .toArray(Frame[]::new);
        try (ScriptedServer server = ScriptedServer.sending(frames)) {
            String count = Integer.toString(messages.size());
            List<String> args = new ArrayList<>();
            args.addAll(List.of("--url", server.url("/"), "--messages", count));
            args.addAll(List.of("--option", "bounded.messages=" + count));
            args.addAll(List.of(more));
            ProbeRun probe = new ProbeRun(args.toArray(new String[0]));
            // One statement is taken without the semicolon; comments may stay.
            env.executeSql(probe.out().replaceFirst(";\n$", ""));
            String query = "SELECT " + (select.contains(" FROM ") ? select : select + " FROM feed");
            assertThat(query(query)).isEqualTo(rows);
        }
    }

    /** Types and names that no transcript has. */
    @Test
    void readsWhateverJsonThereIs() throws Exception {
        create(
                List.of(
                        Transcript.text(
                                "{\"select\":1,\"a b\":true,\"`\":null,\"o\":{\"Group\":{\"'\":\"x\"}},"
                                        + "\"m\":{\"1\":1,\"2\":2.5},\"mixed\":{\"x\":1},\"big\":12345678901234567890,"
                                        + "\"e\":1e300,\"s\":\"1.5\",\"iso\":\"2026-02-25T06:13:20Z\",\"none\":{},\"any\":[1,\"x\",{}]}"),
                        Transcript.text(
                                "{\"select\":2,\"a b\":null,\"m\":{\"3\":3},\"mixed\":[1],\"s\":\"x\"}")),
                "`select`, `a b`, ````, o.`Group`.`'`, m['2'], mixed, big, e, s, iso, `none`, `any`",
                "[1, true, null, x, 2.5, {\"x\":1}, 12345678901234567890, 1.0E300, 1.5, 2026-02-25T06:13:20Z, {}, [1, x, {}]]"
                        + " [2, null, null, null, null, [1], null, null, x, null, null, null]");
    }

    private String query(String query) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = env.executeSql(query).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows.stream()
                .map(row -> row.toString().substring(2))
                .collect(Collectors.joining(" "));
    }
}

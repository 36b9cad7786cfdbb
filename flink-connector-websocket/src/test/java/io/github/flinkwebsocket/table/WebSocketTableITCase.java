package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.PushServer;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.SqlSession;

import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tables over feeds, through the planner, on real connections. */
@Timeout(120)
class WebSocketTableITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.standard();

    private final PushServer server = PushServer.start();
    private SqlSession sql;

    @BeforeEach
    void startSession() {
        sql = SqlSession.streaming();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void recordsOfAMessageAreRows() throws Exception {
        create("symbol STRING, price DECIMAL(18, 8)", "'message.record' = '/data/*'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            server.push(
                    "/",
                    "{\"event\":\"subscribed\"}",
                    "{\"data\":[{\"symbol\":\"A\",\"price\":1.5},{\"symbol\":\"B\",\"price\":\"2\"}]}");
            assertThat(query.next(2))
                    .containsExactly(
                            Row.of("A", new BigDecimal("1.50000000")),
                            Row.of("B", new BigDecimal("2.00000000")));
        }
    }

    /** Flink adds the values of all options to an error of a factory. */
    @Test
    void secretsWithAMisspeltNameAreNotInTheError() {
        sql.run(
                "CREATE TABLE wrong (a INT, host STRING METADATA VIRTUAL, t TIMESTAMP_LTZ(3) METADATA"
                        + " FROM 'receive-time' VIRTUAL, WATERMARK FOR t AS t) WITH ('connector' ="
                        + " 'websocket', 'format' = 'json', 'url' = 'ws://127.0.0.1:1/',"
                        + " 'auth.tokn' = 's3cret')");
        for (String query :
                List.of(
                        "SELECT * FROM wrong",
                        "SELECT a FROM wrong LIMIT 1",
                        "SELECT COUNT(*) FROM wrong",
                        "EXPLAIN SELECT host FROM wrong WHERE a = 1")) {
            assertThatThrownBy(() -> sql.tables().executeSql(query))
                    .as(query)
                    .satisfies(
                            e ->
                                    assertThat(ExceptionUtils.stringifyException(e))
                                            .doesNotContain("s3cret"));
        }
        assertThatThrownBy(() -> sql.tables().executeSql("SELECT * FROM wrong"))
                .hasStackTraceContaining("Unsupported options:\n\nauth.tokn");
    }

    @Test
    void everyMetadataColumnIsThere() throws Exception {
        try (ScriptedServer scripted =
                ScriptedServer.start(
                        peer -> {
                            peer.accept("Sec-WebSocket-Protocol: v2", "X-Region: eu");
                            peer.read(Frame.TEXT);
                            peer.sendText("{\"a\":0,\"t\":1500,\"seq\":6}");
                            peer.sendText("{\"a\":1,\"t\":2500,\"seq\":7}");
                            peer.awaitEnd();
                        })) {
            sql.run(
                    "CREATE TABLE feed ("
                            + " a INT,"
                            + " url STRING METADATA VIRTUAL,"
                            + " host STRING METADATA VIRTUAL,"
                            + " feed_id STRING METADATA FROM 'feed-id' VIRTUAL,"
                            + " split_id STRING METADATA FROM 'split-id' VIRTUAL,"
                            + " receive_time TIMESTAMP_LTZ(3) METADATA FROM 'receive-time' VIRTUAL,"
                            + " event_time TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,"
                            + " connection_number BIGINT METADATA FROM 'connection-number' VIRTUAL,"
                            + " message_number BIGINT METADATA FROM 'message-number' VIRTUAL,"
                            + " is_text BOOLEAN METADATA FROM 'text' VIRTUAL,"
                            + " size INT METADATA VIRTUAL,"
                            + " subprotocol STRING METADATA VIRTUAL,"
                            + " headers MAP<STRING, STRING> METADATA VIRTUAL,"
                            + " seq STRING METADATA FROM 'position' VIRTUAL,"
                            + " error STRING METADATA VIRTUAL,"
                            + " raw_payload BYTES METADATA FROM 'raw-payload' VIRTUAL,"
                            + " fields MAP<STRING, STRING> METADATA VIRTUAL,"
                            + " tags ARRAY<STRING> METADATA VIRTUAL,"
                            + " type STRING METADATA VIRTUAL"
                            + ") WITH ('connector' = 'websocket', 'format' = 'json', 'url' = '"
                            + scripted.url("/path?token=s3cret")
                            + "', 'id' = 'my-feed', 'subprotocols' = 'v1;v2',"
                            + " 'open-messages' = 'after ${position}',"
                            + " 'initial-open-messages' = 'all', 'position.pointer' = '/seq',"
                            + " 'message.event-time' = '/t', 'type' = 'trade',"
                            + " 'add-field.from' = '%{[@metadata][host]}', 'add-field.a' = '%{a}',"
                            + " 'tags' = 'live;seq-%{seq}')");
            Instant before = Instant.now().minusMillis(1);
            try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
                query.next();
                Row row = query.next();
                assertThat(row.getField("a")).isEqualTo(1);
                assertThat(row.getField("url")).isEqualTo(scripted.url("/path?***"));
                assertThat(row.getField("host")).isEqualTo("127.0.0.1");
                assertThat(row.getField("feed_id")).isEqualTo("my-feed");
                assertThat((String) row.getField("split_id")).startsWith("127.0.0.1-");
                assertThat((Instant) row.getField("receive_time")).isBetween(before, Instant.now());
                assertThat(row.getField("event_time")).isEqualTo(Instant.ofEpochMilli(2500));
                assertThat(row.getField("connection_number")).isEqualTo(1L);
                assertThat(row.getField("message_number")).isEqualTo(2L);
                assertThat(row.getField("is_text")).isEqualTo(true);
                assertThat(row.getField("size")).isEqualTo(24);
                assertThat(row.getField("subprotocol")).isEqualTo("v2");
                assertThat(row.<Map<String, String>>getFieldAs("headers"))
                        .containsEntry("X-Region", "eu");
                assertThat(row.getField("seq")).isEqualTo("7");
                assertThat(row.getField("error")).isNull();
                assertThat(row.getField("raw_payload")).isNull();
                assertThat(row.getField("fields")).isEqualTo(Map.of("from", "127.0.0.1", "a", "1"));
                assertThat((String[]) row.getField("tags")).containsExactly("live", "seq-7");
                assertThat(row.getField("type")).isEqualTo("trade");
            }
            assertThat(sql.tables().from("feed").getResolvedSchema().getColumns())
                    .as("every metadata column is tested here")
                    .hasSize(MetadataColumn.all().size() + 1);
        }
    }

    @Test
    void metadataAloneCanBeRead() throws Exception {
        create("a INT, message_number BIGINT METADATA FROM 'message-number' VIRTUAL");
        try (SqlSession.Query query = sql.query("SELECT message_number FROM feed")) {
            server.push("/", "{}", "{}");
            assertThat(query.next(2)).containsExactly(Row.of(1L), Row.of(2L));
        }
    }

    @Test
    void columnThatIsNotReadIsNotDecoded() throws Exception {
        create("a INT, b INT, c INT");
        String bad = "{\"a\":1,\"b\":\"no number\",\"c\":3}";
        try (SqlSession.Query query = sql.query("SELECT c, a FROM feed")) {
            server.push("/", bad);
            assertThat(query.next()).isEqualTo(Row.of(3, 1));
        }
        createTable("other", "/other", "a INT, b INT, c INT");
        try (SqlSession.Query query = sql.query("SELECT b FROM other")) {
            server.push("/other", bad);
            assertThatThrownBy(query::next)
                    .hasStackTraceContaining("Could not decode message 1 on connection 1");
        }
    }

    @Test
    void formatThatDecodesEverythingIsProjectedAfterwards() throws Exception {
        create(
                "line STRING, text BOOLEAN METADATA VIRTUAL, size INT METADATA VIRTUAL",
                "'format' = 'raw'");
        try (SqlSession.Query query = sql.query("SELECT size FROM feed")) {
            server.push("/", "hello");
            assertThat(query.next()).isEqualTo(Row.of(5));
        }
        createTable(
                "other", "/other", "line STRING, size INT METADATA VIRTUAL", "'format' = 'raw'");
        try (SqlSession.Query query = sql.query("SELECT size, line FROM other")) {
            server.push("/other", "hello");
            assertThat(query.next()).isEqualTo(Row.of(5, "hello"));
        }
    }

    @Test
    void csvIsDecodedLineByLine() throws Exception {
        create(
                "a INT, b STRING",
                "'format' = 'csv'",
                "'message.framing' = 'separator'",
                "'message.separator' = '\\n'");
        try (SqlSession.Query query = sql.query("SELECT b, a FROM feed")) {
            server.push("/", "1,x\n2,y\n");
            assertThat(query.next(2)).containsExactly(Row.of("x", 1), Row.of("y", 2));
        }
    }

    @Test
    void avroIsDecodedFromBinaryMessages() throws Exception {
        // Of two fields that may be null: branch 1, 7; branch 1, one byte, x.
        byte[] record = {2, 14, 2, 2, 'x'};
        try (ScriptedServer scripted = ScriptedServer.sending(Frame.binary(record))) {
            sql.run(
                    "CREATE TABLE feed (a INT, b STRING) WITH ('connector' = 'websocket',"
                            + " 'format' = 'avro', 'url' = '"
                            + scripted.url("/")
                            + "')");
            try (SqlSession.Query query = sql.query("SELECT b, a FROM feed")) {
                assertThat(query.next()).isEqualTo(Row.of("x", 7));
            }
        }
    }

    @Test
    void changelogAndMetadataOfTheFormatAreKept() throws Exception {
        create(
                "id INT, name STRING,"
                        + " at_time TIMESTAMP_LTZ(3) METADATA FROM 'value.ingestion-timestamp' VIRTUAL,"
                        + " message_number BIGINT METADATA FROM 'message-number' VIRTUAL",
                "'format' = 'debezium-json'");
        Instant time = Instant.ofEpochMilli(5);
        try (SqlSession.Query query =
                sql.query("SELECT name, message_number, at_time, id FROM feed")) {
            server.push(
                    "/",
                    change("null", "{\"id\":1,\"name\":\"a\"}", "c"),
                    change("{\"id\":1,\"name\":\"a\"}", "{\"id\":1,\"name\":\"b\"}", "u"),
                    change("{\"id\":1,\"name\":\"b\"}", "null", "d"));
            assertThat(query.next(4))
                    .containsExactly(
                            Row.ofKind(RowKind.INSERT, "a", 1L, time, 1),
                            Row.ofKind(RowKind.UPDATE_BEFORE, "a", 2L, time, 1),
                            Row.ofKind(RowKind.UPDATE_AFTER, "b", 2L, time, 1),
                            Row.ofKind(RowKind.DELETE, "b", 3L, time, 1));
        }
    }

    private static String change(String before, String after, String op) {
        return String.format(
                "{\"before\":%s,\"after\":%s,\"op\":\"%s\",\"ts_ms\":5}", before, after, op);
    }

    @Test
    void badMessagesAreRowsOfTheirOwn() throws Exception {
        create(
                "a INT, error STRING METADATA VIRTUAL,"
                        + " raw_payload BYTES METADATA FROM 'raw-payload' VIRTUAL,"
                        + " message_number BIGINT METADATA FROM 'message-number' VIRTUAL",
                "'error-policy' = 'emit'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            server.push("/", "{\"a\":1}", "no JSON", "{\"a\":3}");
            assertThat(query.next()).isEqualTo(Row.of(1, null, null, 1L));
            Row bad = query.next();
            assertThat(bad.getField("a")).isNull();
            assertThat((String) bad.getField("error")).contains("Unrecognized token 'no'");
            assertThat(new String(bad.getFieldAs("raw_payload"), StandardCharsets.UTF_8))
                    .isEqualTo("no JSON");
            assertThat(bad.getField("message_number")).isEqualTo(2L);
            assertThat(query.next()).isEqualTo(Row.of(3, null, null, 3L));
        }
    }

    @Test
    void whatAFormatWouldLeaveOutIsAnError() throws Exception {
        create("a INT, error STRING METADATA VIRTUAL", "'error-policy' = 'emit'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            server.push("/", "{\"a\":1}{\"a\":2}", "[{\"a\":1},{\"a\":2}]", "", "{\"a\":3}");
            assertThat((String) query.next().getField("error")).contains("'message.framing'");
            assertThat((String) query.next().getField("error")).contains("'message.record'");
            assertThat((String) query.next().getField("error")).contains("'error-policy' = 'skip'");
            assertThat(query.next()).isEqualTo(Row.of(3, null));
        }
    }

    @Test
    void linesOfBlanksAreNoRows() throws Exception {
        create("a INT", "'message.framing' = 'lines'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            server.push("/", "{\"a\":1}\n \n\n{\"a\":2}\n", "", "{\"a\":3}");
            assertThat(query.next(3)).containsExactly(Row.of(1), Row.of(2), Row.of(3));
        }
    }

    @Test
    void optionsOfTheFormatReachIt() throws Exception {
        create("p INT, q INT, r INT", "'json.decode.json-parser.enabled' = 'false'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            server.push("/", "{\"p\":1,\"p\":2,\"q\":3,\"r\":4}");
            assertThat(query.next()).isEqualTo(Row.of(2, 3, 4));
        }
    }

    @Test
    void formatThatIgnoresErrorsDecidesWhatIsARow() throws Exception {
        create("a INT, size INT METADATA VIRTUAL", "'json.ignore-parse-errors' = 'true'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            server.push("/", "{bad", "{\"a\":", "{\"a\":3}");
            assertThat(query.next()).isEqualTo(Row.of(3, 7));
        }
    }

    @Test
    void badMessagesCanBeSkipped() throws Exception {
        create("a INT", "'error-policy' = 'skip'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            server.push("/", "no JSON", "{\"a\":2}");
            assertThat(query.next()).isEqualTo(Row.of(2));
        }
    }

    @Test
    void openMessagesWithJsonArriveAsTheyAreWritten() throws Exception {
        List<String> messages =
                List.of(
                        "{\"op\":\"subscribe\", \"args\":[\"trades;all\", \"it's\"]}",
                        "[1, \"two\", {\"a\":3}]",
                        "plain");
        create(
                "a INT",
                "'open-messages' = '" + String.join("; ", messages).replace("'", "''") + "'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            assertThat(query).isNotNull();
            for (String message : messages) {
                assertThat(server.received("/")).isEqualTo(message);
            }
        }
    }

    @Test
    void namesOfHeadersKeepTheirCase() throws Exception {
        create(
                "a INT",
                "'http-headers.X-Api-KEY' = 'k:1,2'",
                "'http-headers.Origin' = 'https://here.example'");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
            assertThat(query).isNotNull();
            assertThat(server.client("/").request())
                    .contains("\r\nX-Api-KEY: k:1,2\r\n")
                    .contains("\r\nOrigin: https://here.example\r\n");
        }
    }

    @Test
    void queryContinuesAfterThePositionOfTheLastMessage() throws Exception {
        try (ScriptedServer scripted =
                ScriptedServer.start(
                        peer -> {
                            peer.accept();
                            String opening = peer.read(Frame.TEXT).text();
                            peer.sendText("{\"seq\":7,\"a\":\"" + opening + "\"}");
                            if (peer.number() > 1) {
                                peer.awaitEnd();
                            }
                        })) {
            sql.run(
                    "CREATE TABLE feed (a STRING) WITH ('connector' = 'websocket', 'url' = '"
                            + scripted.url("/")
                            + "', 'format' = 'json', 'position.pointer' = '/seq',"
                            + " 'initial-open-messages' = 'all',"
                            + " 'open-messages' = 'after ${position}',"
                            + " 'reconnect.initial-backoff' = '1 ms')");
            try (SqlSession.Query query = sql.query("SELECT * FROM feed")) {
                assertThat(query.next(2)).containsExactly(Row.of("all"), Row.of("after 7"));
            }
        }
    }

    @Test
    void limitEndsABatchQuery() throws Exception {
        SqlSession batch = SqlSession.batch();
        batch.run(
                "CREATE TABLE feed (a INT) WITH ('connector' = 'websocket', 'format' = 'json',"
                        + " 'bounded.duration' = '1 h', 'url' = '"
                        + server.url("/a")
                        + ";"
                        + server.url("/silent")
                        + "')");
        assertThat(batch.tables().explainSql("SELECT * FROM feed LIMIT 2")).contains("limit=[2]");
        try (SqlSession.Query query = batch.query("SELECT * FROM feed LIMIT 2")) {
            server.push("/a", "{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
            assertThat(query.next(2)).containsExactly(Row.of(1), Row.of(2));
            query.awaitEnd();
        }
    }

    @Test
    void limitEndsAStreamingQuery() throws Exception {
        create("a INT");
        try (SqlSession.Query query = sql.query("SELECT * FROM feed LIMIT 2")) {
            server.push("/", "{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
            assertThat(query.next(2)).containsExactly(Row.of(1), Row.of(2));
            query.awaitEnd();
        }
    }

    /** What docs/sql.md says, on each version. */
    @Test
    void limitIsHandedToTheSourceUnlessThereIsAWatermarkOrAFilter() {
        createTable(
                "plain", "/", "a INT, b AS a + 1, size BIGINT METADATA VIRTUAL, p AS PROCTIME()");
        createTable("timed", "/", "a INT, ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS ts");
        assertThat(explained("SELECT * FROM plain LIMIT 2")).contains("limit=[2]");
        assertThat(explained("SELECT a * 2, size FROM plain LIMIT 2")).contains("limit=[2]");
        assertThat(explained("SELECT a FROM plain WHERE a > 1 LIMIT 2")).doesNotContain("limit=[");
        assertThat(explained("SELECT a FROM timed LIMIT 2")).doesNotContain("limit=[");
    }

    private String explained(String query) {
        return sql.tables().explainSql(query);
    }

    @Test
    void limitOfAChangelogCountsRowsRatherThanChanges() throws Exception {
        create("id INT, name STRING", "'format' = 'debezium-json'");
        try (SqlSession.Query query = sql.query("SELECT name FROM feed LIMIT 1")) {
            server.push(
                    "/",
                    change("null", "{\"id\":1,\"name\":\"a\"}", "c"),
                    change("{\"id\":1,\"name\":\"a\"}", "null", "d"),
                    change("null", "{\"id\":2,\"name\":\"b\"}", "c"));
            assertThat(query.next(3))
                    .containsExactly(
                            Row.ofKind(RowKind.INSERT, "a"),
                            Row.ofKind(RowKind.DELETE, "a"),
                            Row.ofKind(RowKind.INSERT, "b"));
        }
    }

    @Test
    void boundsEndABatchQuery() throws Exception {
        SqlSession batch = SqlSession.batch();
        try (ScriptedServer scripted =
                ScriptedServer.sending(Frame.text("{\"a\":1}"), Frame.text("{\"a\":2}"))) {
            batch.run(
                    "CREATE TABLE feed (a INT) WITH ('connector' = 'websocket', 'format' = 'json',"
                            + " 'bounded.messages' = '2', 'url' = '"
                            + scripted.url("/")
                            + "')");
            assertThat(batch.rows("SELECT SUM(a) FROM feed")).containsExactly(Row.of(3));
        }
    }

    @Test
    void partsOfAQueryThatReadTheSameTableShareItsConnection() throws Exception {
        create("a INT, b INT, host STRING METADATA VIRTUAL, size INT METADATA VIRTUAL");
        try (SqlSession.Query query =
                sql.query(
                        "SELECT a, host FROM feed UNION ALL"
                                + " SELECT b, CAST(size AS STRING) FROM feed")) {
            server.push("/", "{\"a\":1,\"b\":2}");
            assertThat(query.next(2))
                    .containsExactlyInAnyOrder(Row.of(1, "127.0.0.1"), Row.of(2, "13"));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** The planner merges what they read, and then mixes metadata of the format and our own. */
    @Test
    void partsOfAQueryMayReadDifferentMetadata() throws Exception {
        create(
                "id INT, db STRING METADATA FROM 'value.database' VIRTUAL,"
                        + " tb STRING METADATA FROM 'value.table' VIRTUAL,"
                        + " host STRING METADATA VIRTUAL,"
                        + " n BIGINT METADATA FROM 'message-number' VIRTUAL",
                "'format' = 'canal-json'");
        try (SqlSession.Query query =
                sql.query(
                        "SELECT tb, host, n FROM feed UNION ALL"
                                + " SELECT db, 'x', CAST(id AS BIGINT) FROM feed")) {
            server.push(
                    "/",
                    "{\"data\":[{\"id\":5}],\"type\":\"INSERT\",\"database\":\"d\",\"table\":\"t\"}");
            assertThat(query.next(2))
                    .containsExactlyInAnyOrder(Row.of("t", "127.0.0.1", 1L), Row.of("d", "x", 5L));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void compiledPlanKeepsWhatWasPushedDown() {
        create(
                "a INT, b INT, n BIGINT METADATA FROM 'message-number' VIRTUAL,"
                        + " ts TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,"
                        + " WATERMARK FOR ts AS SOURCE_WATERMARK()");
        sql.run("CREATE TABLE numbers (b INT, n BIGINT) WITH ('connector' = 'blackhole')");
        String insert = "INSERT INTO numbers SELECT b, n FROM feed";
        String plan = sql.tables().compilePlanSql(insert).asJsonString();

        String restored =
                sql.tables()
                        .loadPlan(PlanReference.fromJsonString(plan))
                        .explain(ExplainDetail.JSON_EXECUTION_PLAN);
        assertThat(plan)
                .contains("\"ProjectPushDown\"", "\"ReadingMetadata\"", "\"SourceWatermark\"");
        assertThat(restored).contains("Data Source");
    }

    @Test
    void scanParallelismIsThatOfTheSource() throws Exception {
        create("a INT", "'scan.parallelism' = '3'");
        assertThat(sql.tables().explainSql("SELECT * FROM feed", ExplainDetail.JSON_EXECUTION_PLAN))
                .containsPattern("(?s)\"pact\" : \"Data Source\".{1,300}\"parallelism\" : 3");
    }

    @Test
    void hintsChangeOptions() throws Exception {
        create("a INT", "'open-messages' = 'one'");
        try (SqlSession.Query query =
                sql.query("SELECT * FROM feed /*+ OPTIONS('open-messages' = 'two') */")) {
            assertThat(query).isNotNull();
            assertThat(server.received("/")).isEqualTo("two");
        }
    }

    private void create(String columns, String... options) {
        createTable("feed", "/", columns, options);
    }

    private void createTable(String table, String path, String columns, String... options) {
        sql.run(
                String.format(
                        "CREATE TABLE %s (%s) WITH ('connector' = 'websocket', 'url' = '%s'%s%s)",
                        table,
                        columns,
                        server.url(path),
                        String.join("", options).contains("'format'") ? "" : ", 'format' = 'json'",
                        options.length == 0 ? "" : ", " + String.join(", ", options)));
    }
}

package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.testing.Clusters;
import io.github.flinkwebsocket.testing.PushServer;
import io.github.flinkwebsocket.testing.SqlSession;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Watermarks of tables, where only the runtime shows whether the planner has kept them. */
@Timeout(120)
class TableWatermarkITCase {

    private static final String COLUMNS =
            "id STRING, ms BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3), WATERMARK FOR ts AS ts";

    private static final String SOURCE_WATERMARK =
            "id STRING, ts TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,"
                    + " WATERMARK FOR ts AS SOURCE_WATERMARK()";

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
    void windowsFireAndLateRowsAreLeftOut() throws Exception {
        create(
                "feed",
                "id STRING, ms BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3),"
                        + " WATERMARK FOR ts AS ts - INTERVAL '2' SECOND",
                "/");
        try (SqlSession.Query query = sql.query(countedIn("feed"))) {
            server.push("/", at(1000), at(9000), at(11_000), at(8000), at(12_500));
            assertThat(query.next()).isEqualTo(Row.of(Instant.ofEpochSecond(0), 3L));
            server.push("/", at(9999), at(30_000));
            assertThat(query.next()).isEqualTo(Row.of(Instant.ofEpochSecond(10), 2L));
        }
    }

    @Test
    void rowsOfBadMessagesHaveNoTimeAndDisturbNoWatermark() throws Exception {
        create(
                "feed",
                "id STRING, ms BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3), error STRING METADATA VIRTUAL,"
                        + " WATERMARK FOR ts AS ts",
                "/",
                "'error-policy' = 'emit'");
        sql.run("CREATE TEMPORARY VIEW good AS SELECT * FROM feed WHERE error IS NULL");
        try (SqlSession.Query query = sql.query(countedIn("good"))) {
            server.push("/", at(1000), "no JSON", at(2000), at(11_000));
            assertThat(query.next()).isEqualTo(Row.of(Instant.ofEpochSecond(0), 2L));
        }
    }

    /** As when a feed of delayed prices says in between how it is. */
    @Test
    void rowsWithoutATimeOfTheirOwnMakeNoOtherLate() throws Exception {
        create(
                "feed",
                "id STRING, ts TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,"
                        + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND",
                "/",
                "'message.record' = '/*'",
                "'message.event-time' = '/*/ms'");
        sql.run("CREATE TEMPORARY VIEW good AS SELECT * FROM feed WHERE id IS NOT NULL");
        try (SqlSession.Query query = sql.query(countedIn("good"))) {
            server.push("/", "[{\"ev\":\"status\"}]", "[" + at(1000) + "," + at(9000) + "]");
            server.push("/", "[{\"ev\":\"status\"}]", "[" + at(2000) + "]");
            server.push("/", "[{\"ev\":\"status\"}," + at(15_000) + "]");
            assertThat(query.next()).isEqualTo(Row.of(Instant.ofEpochSecond(0), 3L));
        }
    }

    @Test
    void rowWithoutATimeBeforeTheFirstIsAtTheEpochAndMovesNoSourceWatermark() throws Exception {
        create("feed", SOURCE_WATERMARK, "/", "'message.event-time' = '/ms'");
        try (SqlSession.Query query = sql.query("SELECT ts, CURRENT_WATERMARK(ts) FROM feed")) {
            for (int i = 0; i < 20; i++) {
                server.push("/", "{}");
                assertThat(query.next()).isEqualTo(Row.of(Instant.EPOCH, null));
            }
            server.push("/", at(1000), "{}");
            assertThat(query.next().getField(0)).isEqualTo(Instant.ofEpochMilli(1000));
            assertThat(query.next().getField(0)).isEqualTo(Instant.ofEpochMilli(1000));
        }
    }

    @Test
    void rowsOfBadMessagesMoveNoWatermarkPastTheFeed() throws Exception {
        create(
                "feed",
                SOURCE_WATERMARK + ", error STRING METADATA VIRTUAL",
                "/",
                "'message.event-time' = '/ms'",
                "'error-policy' = 'emit'");
        sql.run("CREATE TEMPORARY VIEW good AS SELECT * FROM feed WHERE error IS NULL");
        try (SqlSession.Query query = sql.query(countedIn("good"))) {
            server.push("/", "no JSON", at(1000), "no JSON", at(2000), at(11_000));
            assertThat(query.next()).isEqualTo(Row.of(Instant.ofEpochSecond(0), 2L));
        }
    }

    @Test
    void watermarkIsThatOfTheSlowestSplit() throws Exception {
        create("feed", COLUMNS, "/fast;/slow");
        try (SqlSession.Query query = sql.query(watermarks("feed"))) {
            for (int i = 0; i < 20; i++) {
                server.push("/fast", at(5000));
                assertThat(query.next().getField(1)).isNull();
            }
            server.push("/slow", at(1000));
            awaitWatermark(query, "/fast", 5000, 1000);
        }
    }

    @Test
    void silentSplitHoldsNothingBackOnceItIsIdle() throws Exception {
        create("feed", COLUMNS, "/busy;/silent", "'scan.watermark.idle-timeout' = '100 ms'");
        try (SqlSession.Query query = sql.query(countedIn("feed"))) {
            server.push("/busy", at(1000));
            assertThat(query.nextWhile(() -> server.push("/busy", at(11_000))))
                    .isEqualTo(Row.of(Instant.ofEpochSecond(0), 1L));
        }
    }

    @Test
    void watermarkCanBeEmittedAtEveryRow() throws Exception {
        sql.tables().getConfig().set("pipeline.auto-watermark-interval", "1 h");
        create("feed", COLUMNS, "/", "'scan.watermark.emit.strategy' = 'on-event'");
        try (SqlSession.Query query = sql.query(watermarks("feed"))) {
            server.push("/", at(1000), at(2000));
            assertThat(query.next(2))
                    .containsExactly(
                            Row.of("at 1000", null), Row.of("at 2000", Instant.ofEpochSecond(1)));
        }
    }

    @Test
    void sourceWatermarkFollowsTheEventTimesOfTheMessages() throws Exception {
        create("feed", SOURCE_WATERMARK, "/fast;/slow", "'message.event-time' = '/ms'");
        try (SqlSession.Query query = sql.query(watermarks("feed"))) {
            server.push("/slow", at(1000));
            query.next();
            awaitWatermark(query, "/fast", 5000, 999);
        }
    }

    @Test
    void sourceWatermarkKnowsIdleSplits() throws Exception {
        create(
                "feed",
                SOURCE_WATERMARK,
                "/busy;/silent",
                "'message.event-time' = '/ms'",
                "'scan.watermark.idle-timeout' = '100 ms'");
        try (SqlSession.Query query = sql.query(countedIn("feed"))) {
            server.push("/busy", at(1000));
            assertThat(query.nextWhile(() -> server.push("/busy", at(11_000))))
                    .isEqualTo(Row.of(Instant.ofEpochSecond(0), 1L));
        }
    }

    @Test
    void sourceWatermarkKnowsTheIdleTimeoutOfTheSession() throws Exception {
        sql.tables().getConfig().set("table.exec.source.idle-timeout", "100 ms");
        create("feed", SOURCE_WATERMARK, "/busy;/silent", "'message.event-time' = '/ms'");
        try (SqlSession.Query query = sql.query(countedIn("feed"))) {
            server.push("/busy", at(1000));
            assertThat(query.nextWhile(() -> server.push("/busy", at(11_000))))
                    .isEqualTo(Row.of(Instant.ofEpochSecond(0), 1L));
        }
    }

    @Test
    void sourceWatermarkIsTheReceiveTimeWithoutAnEventTime() throws Exception {
        create(
                "feed",
                "id STRING, ts TIMESTAMP_LTZ(3) METADATA FROM 'receive-time' VIRTUAL,"
                        + " WATERMARK FOR ts AS SOURCE_WATERMARK()",
                "/");
        Instant before = Instant.now().minusMillis(2);
        try (SqlSession.Query query = sql.query(watermarks("feed"))) {
            Object watermark = null;
            while (watermark == null) {
                server.push("/", at(0));
                watermark = query.next().getField(1);
            }
            assertThat((Instant) watermark).isBetween(before, Instant.now());
        }
    }

    @Test
    void sourceWatermarkRefusesWhatItCannotDo() {
        create("feed", SOURCE_WATERMARK, "/", "'scan.watermark.emit.strategy' = 'on-event'");
        assertThatThrownBy(() -> sql.tables().explainSql("SELECT * FROM feed"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("'scan.watermark.emit.strategy' has the value 'on-event'")
                .hasMessageContaining("it must be 'on-periodic'");
    }

    @Test
    void alignmentHoldsBackTheTableThatIsAhead() throws Exception {
        alignmentHoldsBackTheTableThatIsAhead(COLUMNS);
    }

    @Test
    void alignmentWorksForSourceWatermarks() throws Exception {
        alignmentHoldsBackTheTableThatIsAhead(SOURCE_WATERMARK, "'message.event-time' = '/ms'");
    }

    private void alignmentHoldsBackTheTableThatIsAhead(String columns, String... options)
            throws Exception {
        String alignment =
                "'scan.watermark.alignment.group' = 'g',"
                        + " 'scan.watermark.alignment.max-drift' = '1 s',"
                        + " 'scan.watermark.alignment.update-interval' = '20 ms'"
                        + (options.length == 0 ? "" : ", " + String.join(", ", options));
        create("fast", columns, "/fast", alignment);
        create("slow", columns, "/slow", alignment);
        int sent = 0;
        int received = 0;
        try (SqlSession.Query query =
                sql.query("SELECT 'fast', id FROM fast UNION ALL SELECT 'slow', id FROM slow")) {
            for (int alone = 0; alone < 10; sent++) {
                server.push("/fast", at(100_000));
                server.push("/slow", at(1000));
                alone++;
                while (!query.next().getField(0).equals("slow")) {
                    received++;
                    alone = 0;
                }
            }
            assertThat(received).isLessThan(sent);
            server.push("/slow", at(200_000));
            while (received < sent) {
                if (query.next().getField(0).equals("fast")) {
                    received++;
                }
            }
        }
    }

    @Test
    void temporalJoinTakesTheVersionOfItsTime() throws Exception {
        create("orders", "currency STRING, " + COLUMNS, "/orders");
        create(
                "rates",
                "currency STRING, rate INT, ms BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3),"
                        + " WATERMARK FOR ts AS ts, PRIMARY KEY (currency) NOT ENFORCED",
                "/rates");
        try (SqlSession.Query query =
                sql.query(
                        "SELECT o.ms, r.rate FROM orders AS o"
                                + " JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r"
                                + " ON r.currency = o.currency")) {
            server.push("/rates", rate(1, 1000), rate(2, 3000), rate(3, 9000));
            server.push("/orders", order(2000), order(4000), order(9000));
            assertThat(query.next(2)).containsExactly(Row.of(2000L, 1), Row.of(4000L, 2));
        }
    }

    private static String order(long millis) {
        return String.format("{\"currency\":\"EUR\",\"ms\":%d}", millis);
    }

    private static String rate(int rate, long millis) {
        return String.format("{\"currency\":\"EUR\",\"rate\":%d,\"ms\":%d}", rate, millis);
    }

    /** Sends messages of this time until the watermark is there. */
    private void awaitWatermark(
            SqlSession.Query query, String path, long millis, long expectedWatermark)
            throws Exception {
        Instant expected = Instant.ofEpochMilli(expectedWatermark);
        Object watermark = null;
        while (!expected.equals(watermark)) {
            server.push(path, at(millis));
            watermark = query.next().getField(1);
            assertThat(watermark).isIn(null, expected);
        }
    }

    private static String at(long millis) {
        return String.format("{\"id\":\"at %d\",\"ms\":%d}", millis, millis);
    }

    private static String watermarks(String table) {
        return "SELECT id, CURRENT_WATERMARK(ts) FROM " + table;
    }

    private static String countedIn(String table) {
        return "SELECT CAST(window_start AS TIMESTAMP_LTZ(3)), COUNT(*) FROM TABLE(TUMBLE(TABLE "
                + table
                + ", DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end";
    }

    private void create(String table, String columns, String paths, String... options) {
        String urls = server.url("") + paths.replace(";", ";" + server.url(""));
        sql.run(
                String.format(
                        "CREATE TABLE %s (%s) WITH ('connector' = 'websocket', 'url' = '%s',"
                                + " 'format' = 'json'%s%s)",
                        table,
                        columns,
                        urls,
                        options.length == 0 ? "" : ", ",
                        String.join(", ", options)));
    }
}

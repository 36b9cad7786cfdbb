package io.github.flinkwebsocket.table;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Flink itself shows of secrets in options: what docs/sql.md says, on each version. */
class ShowCreateTableTest {

    private final TableEnvironment tables =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeEach
    void createTable() {
        tables.executeSql(
                "CREATE TABLE feed (a INT) WITH ('connector' = 'websocket', 'format' = 'json',"
                        + " 'url' = 'wss://feed.example/?token=in-url',"
                        + " 'open-messages' = 'in-message',"
                        + " 'http-headers.X-Key' = 'in-header', 'auth.token' = 'in-option')");
    }

    @Test
    void showCreateTableShowsEverything() throws Exception {
        try (CloseableIterator<Row> rows = tables.executeSql("SHOW CREATE TABLE feed").collect()) {
            assertThat(rows.next().<String>getFieldAs(0))
                    .contains("in-url", "in-message", "in-header", "in-option");
        }
    }

    @Test
    void errorsShowNoneOfThemIfOneWouldBeShownThatIsSecret() {
        String wrong = "SELECT * FROM feed /*+ OPTIONS('ping-interval' = 'x') */";
        assertThatThrownBy(() -> tables.explainSql(wrong))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("'ping-interval'", "'x'")
                                        .doesNotContain(
                                                "in-url", "in-message", "in-header", "in-option"));
    }

    @Test
    void plansShowNoOptionButThoseOfHints() {
        assertThat(tables.explainSql("SELECT * FROM feed"))
                .doesNotContain("in-url", "in-message", "in-header", "in-option");
        assertThat(tables.explainSql("SELECT * FROM feed /*+ OPTIONS('auth.token' = 'in-hint') */"))
                .contains("in-hint");
    }

    @Test
    void compiledPlansHaveEverythingUnlessToldOtherwise() {
        tables.executeSql("CREATE TABLE numbers (a INT) WITH ('connector' = 'blackhole')");
        String insert = "INSERT INTO numbers SELECT a FROM feed";
        assertThat(tables.compilePlanSql(insert).asJsonString())
                .contains("in-url", "in-message", "in-header", "in-option");

        tables.getConfig().set("table.plan.compile.catalog-objects", "IDENTIFIER");
        assertThat(tables.compilePlanSql(insert).asJsonString())
                .doesNotContain("in-url", "in-message", "in-header", "in-option");
    }
}

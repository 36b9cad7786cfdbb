package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.docs.GeneratedDocs;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Each statement of the page runs, in their order; what would start a job is planned. */
class SqlDocsTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");

    @Test
    void statementsOfThePageAreValid() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        List<String> tablesRead = new ArrayList<>();
        int queries = 0;
        for (String statement : statements()) {
            if (statement.startsWith("CREATE")) {
                tables.executeSql(statement);
                Matcher name = Pattern.compile("CREATE TABLE (\\w+)").matcher(statement);
                if (name.find() && statement.contains("'websocket'")) {
                    tablesRead.add(name.group(1));
                }
            } else {
                String plan = tables.explainSql(statement);
                assertThat(plan).contains(statement.contains("LIMIT") ? "limit=[10]" : "Scan");
                queries++;
            }
        }
        for (String table : tablesRead) {
            assertThat(tables.explainSql("SELECT * FROM " + table)).contains("TableSourceScan");
        }
        assertThat(tablesRead).hasSizeGreaterThanOrEqualTo(5);
        assertThat(queries).isGreaterThanOrEqualTo(3);
    }

    private static List<String> statements() throws IOException {
        List<String> statements = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(GeneratedDocs.docs().resolve("sql.md")));
        while (block.find()) {
            for (String statement : block.group(1).split(";\n")) {
                if (!statement.isBlank()) {
                    statements.add(statement.strip());
                }
            }
        }
        return statements;
    }
}

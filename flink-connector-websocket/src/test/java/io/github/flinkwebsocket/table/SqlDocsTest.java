package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.docs.CodeBlock;
import io.github.flinkwebsocket.docs.DocPage;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each SQL statement of the docs is valid. Those of a page are taken in their order: what makes a
 * table or view runs, what would start a job is planned, what sets an option of Flink sets it.
 */
class SqlDocsTest {

    private static final Pattern TABLE = Pattern.compile("^CREATE (?:TEMPORARY )?TABLE (\\w+)");

    /** The source must know it, or the query would not come to an end. */
    private static final Pattern LIMIT = Pattern.compile("LIMIT (\\d+)");

    private static final Pattern SET = Pattern.compile("^SET '([^']+)' = '([^']*)'$");

    private final List<String> tablesRead = new ArrayList<>();
    private int queries;

    @Test
    void statementsOfAllPagesAreValid() throws Exception {
        for (DocPage page : DocPage.all()) {
            if (!page.blocks("sql").isEmpty()) {
                check(page);
            }
        }
        assertThat(tablesRead).hasSizeGreaterThanOrEqualTo(7);
        assertThat(queries).isGreaterThanOrEqualTo(4);
    }

    private void check(DocPage page) {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        List<String> tablesOfPage = new ArrayList<>();
        for (CodeBlock block : page.blocks("sql")) {
            for (String statement : statements(block)) {
                try {
                    run(tables, statement, tablesOfPage);
                } catch (RuntimeException e) {
                    throw new AssertionError(block + ": " + statement, e);
                }
            }
        }
        for (String table : tablesOfPage) {
            assertThat(tables.explainSql("SELECT * FROM " + table))
                    .as("%s of %s", table, page)
                    .contains("TableSourceScan");
        }
        tablesRead.addAll(tablesOfPage);
    }

    private void run(TableEnvironment tables, String statement, List<String> tablesOfPage) {
        Matcher set = SET.matcher(statement);
        if (set.matches()) {
            tables.getConfig().set(set.group(1), set.group(2));
        } else if (statement.startsWith("CREATE")) {
            tables.executeSql(statement);
            Matcher name = TABLE.matcher(statement);
            if (name.find() && statement.contains("'websocket'")) {
                tablesOfPage.add(name.group(1));
            }
        } else {
            Matcher limit = LIMIT.matcher(statement);
            assertThat(tables.explainSql(statement))
                    .contains(limit.find() ? "limit=[" + limit.group(1) + "]" : "Scan");
            queries++;
        }
    }

    private static List<String> statements(CodeBlock block) {
        String code =
                block.code()
                        .lines()
                        .filter(line -> !line.startsWith("--"))
                        .collect(Collectors.joining("\n", "", "\n"));
        List<String> statements = new ArrayList<>();
        for (String statement : code.split(";\n")) {
            if (!statement.isBlank()) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }
}

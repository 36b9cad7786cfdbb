package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How a text becomes statements. */
class SqlScriptTest {

    @Test
    void statementsEndAtSemicolonsThatAreNotWithinQuotes() {
        assertThat(SqlSplitter.split("a 'x;''y' b;\n\n c `;` \";\" ;; d"))
                .containsExactly("a 'x;''y' b", "c `;` \";\"", "d");
    }

    @Test
    void commentsAreLeftOutAndHintsStay() {
        assertThat(
                        SqlSplitter.split(
                                "-- it's; nothing\na -- x;\nb /* ; ' */ c /*+ OPTIONS('k'='v') */"
                                        + " '-- /* no comment';-- end"))
                .containsExactly("a \nb   c /*+ OPTIONS('k'='v') */ '-- /* no comment'");
    }

    @Test
    void whatHasNoEndEndsWithTheText() {
        assertThat(SqlSplitter.split("a 'b;")).containsExactly("a 'b;");
        assertThat(SqlSplitter.split("a /* b;")).containsExactly("a");
    }

    @Test
    void knowsQueries() {
        for (String query :
                new String[] {"SELECT 1", "with x AS (y) select 1", "VALUES (1)", "(SELECT 1)"}) {
            assertThat(parse("SET 'a' = 'b'; " + query).endsWithQuery()).as(query).isTrue();
        }
        assertThat(parse("INSERT INTO a SELECT 1").endsWithQuery()).isFalse();
        assertThat(parse("BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END;").endsWithQuery())
                .isFalse();
    }

    @Test
    void aQueryMustBeTheLastStatement() {
        assertThatThrownBy(() -> parse("SET 'a' = 'b'; SELECT 1; INSERT INTO a SELECT 1"))
                .hasMessage("a.sql: statement 2 is a query; only the last statement can be one.");
    }

    @Test
    void refusesATextWithoutAStatement() {
        assertThatThrownBy(() -> parse("-- nothing\n;"))
                .hasMessage("a.sql holds no SQL statement.");
    }

    private static SqlScript parse(String text) {
        return SqlScript.parse("a.sql", text, new Variables(Map.of()));
    }
}

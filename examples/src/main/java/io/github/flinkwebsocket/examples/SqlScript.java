package io.github.flinkwebsocket.examples;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of SQL statements as Flink's SQL client takes them, with environment variables. All INSERT
 * statements are one job, with BEGIN STATEMENT SET or without; a query must be the last statement.
 * Used by one thread.
 */
final class SqlScript {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final Pattern SET =
            Pattern.compile("SET\\s+'((?:[^']|'')+)'\\s*=\\s*'((?:[^']|'')*)'", FLAGS);
    private static final Pattern BEGIN =
            Pattern.compile(
                    "(?:EXECUTE\\s+STATEMENT\\s+SET\\s+BEGIN|BEGIN\\s+STATEMENT\\s+SET)\\b", FLAGS);
    private static final Pattern END = Pattern.compile("END", FLAGS);
    private static final Pattern INSERT = Pattern.compile("INSERT\\b.*", FLAGS);
    private static final Pattern QUERY =
            Pattern.compile("(?:(?:SELECT|WITH|VALUES)\\b|\\().*", FLAGS);

    private final List<String> statements;
    private final Variables variables;

    private SqlScript(List<String> statements, Variables variables) {
        this.statements = statements;
        this.variables = variables;
    }

    /**
     * Takes the statements apart and puts in the variables.
     *
     * @param name the file, for errors
     * @throws IllegalArgumentException if there is none, one follows a query, or a variable is not
     *     set
     */
    static SqlScript parse(String name, String text, Variables variables) {
        List<String> statements = new ArrayList<>();
        // Variables come last: a quote or semicolon in a value must not end anything.
        for (String statement : SqlSplitter.split(text)) {
            Matcher begin = BEGIN.matcher(statement);
            String rest = begin.lookingAt() ? statement.substring(begin.end()).trim() : statement;
            if (!rest.isEmpty() && !END.matcher(rest).matches()) {
                statements.add(variables.resolveQuoted(name, rest));
            }
        }
        if (statements.isEmpty()) {
            throw new IllegalArgumentException(name + " holds no SQL statement.");
        }
        for (int i = 0; i < statements.size() - 1; i++) {
            if (isQuery(statements.get(i))) {
                throw new IllegalArgumentException(
                        String.format(
                                "%s: statement %d is a query; only the last statement can be one.",
                                name, i + 1));
            }
        }
        return new SqlScript(statements, variables);
    }

    /** Whether there are rows to show. */
    boolean endsWithQuery() {
        return isQuery(statements.get(statements.size() - 1));
    }

    private static boolean isQuery(String statement) {
        return QUERY.matcher(statement).matches();
    }

    /**
     * Runs all statements, and starts the jobs.
     *
     * @return the result of the query, else that of the inserts, if there is any of these
     * @throws IllegalArgumentException if a statement is wrong; values of variables are masked
     */
    Optional<TableResult> run(StreamExecutionEnvironment env) {
        try {
            return run(StreamTableEnvironment.create(env));
        } catch (RuntimeException e) {
            throw variables.masked(e);
        }
    }

    private Optional<TableResult> run(TableEnvironment tables) {
        StatementSet inserts = tables.createStatementSet();
        boolean hasInserts = false;
        for (String statement : statements) {
            Matcher set = SET.matcher(statement);
            if (set.matches()) {
                tables.getConfig().set(unquoted(set.group(1)), unquoted(set.group(2)));
            } else if (INSERT.matcher(statement).matches()) {
                inserts.addInsertSql(statement);
                hasInserts = true;
            } else if (!isQuery(statement)) {
                tables.executeSql(statement);
            }
        }
        Optional<TableResult> result =
                hasInserts ? Optional.of(inserts.execute()) : Optional.empty();
        return endsWithQuery()
                ? Optional.of(tables.executeSql(statements.get(statements.size() - 1)))
                : result;
    }

    private static String unquoted(String text) {
        return text.replace("''", "'");
    }
}

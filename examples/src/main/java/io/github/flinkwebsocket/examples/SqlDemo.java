package io.github.flinkwebsocket.examples;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs a text of SQL in the demo and shows the rows of its query. Used by one thread. */
final class SqlDemo {

    private static final int WIDTH = 12;

    private final DemoConsole console;
    private final LocalJob job;

    SqlDemo(DemoConsole console, LocalJob job) {
        this.console = console;
        this.job = job;
    }

    /**
     * Runs the job of the script to its end.
     *
     * @param seconds when to end it; 0 for never
     */
    void run(SqlScript script, int seconds) throws Exception {
        Optional<TableResult> result = script.run(job.env());
        if (result.isEmpty()) {
            throw new IllegalArgumentException("the SQL has neither a query nor an INSERT");
        }
        JobClient client = result.get().getJobClient().orElseThrow();
        job.endAfter(seconds);
        if (script.endsWithQuery()) {
            List<String> columns = result.get().getResolvedSchema().getColumnNames();
            console.setHeader(line("op", columns.toArray()));
            job.show(client, rows(result.get()), null);
        } else {
            job.show(client, CloseableIterator.empty(), null);
        }
    }

    private static CloseableIterator<String> rows(TableResult result) {
        CloseableIterator<Row> rows = result.collect();
        return CloseableIterator.adapterForIterator(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return rows.hasNext();
                    }

                    @Override
                    public String next() {
                        Row row = rows.next();
                        Object[] values = new Object[row.getArity()];
                        Arrays.setAll(values, row::getField);
                        return line(row.getKind().shortString(), values);
                    }
                });
    }

    /** What happens to the row, and its values. */
    private static String line(String kind, Object... values) {
        return kind
                + "  "
                + Arrays.stream(values)
                        .map(value -> String.format("%-" + WIDTH + "s", value))
                        .collect(Collectors.joining("  "))
                        .stripTrailing();
    }
}

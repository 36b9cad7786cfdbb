package io.github.flinkwebsocket.testing;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A session of Flink SQL on the MiniCluster of the test class, with parallelism 1. Made within a
 * test: before it, there is no such cluster.
 */
public final class SqlSession {

    private final TableEnvironment tables;

    private SqlSession(RuntimeExecutionMode mode) {
        Configuration config = new Configuration();
        config.set(ExecutionOptions.RUNTIME_MODE, mode);
        config.setString("parallelism.default", "1");
        config.setString("restart-strategy.type", "none");
        config.setString("pipeline.auto-watermark-interval", "10 ms");
        config.setString("table.local-time-zone", "UTC");
        tables =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(config));
    }

    public static SqlSession streaming() {
        return new SqlSession(RuntimeExecutionMode.STREAMING);
    }

    public static SqlSession batch() {
        return new SqlSession(RuntimeExecutionMode.BATCH);
    }

    public TableEnvironment tables() {
        return tables;
    }

    /** Runs a statement that starts no job, such as CREATE TABLE. */
    public SqlSession run(String statement) {
        tables.executeSql(statement);
        return this;
    }

    /** Starts the job of a query. */
    public Query query(String query) {
        return new Query(tables.executeSql(query));
    }

    /** All rows of a query that ends. */
    public List<Row> rows(String query) throws Exception {
        try (CloseableIterator<Row> rows = tables.executeSql(query).collect()) {
            List<Row> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            return all;
        }
    }

    /** A query that runs. {@link #close()} cancels its job and waits for its end. */
    public static final class Query implements AutoCloseable {

        private final CloseableIterator<Row> rows;
        private final JobClient job;

        private Query(TableResult result) {
            rows = result.collect();
            job = result.getJobClient().orElseThrow();
        }

        /** The next row; waits for it. */
        public Row next() {
            return rows.next();
        }

        /** Whether there will be another row; waits until that is known. */
        public boolean hasNext() {
            return rows.hasNext();
        }

        /** The next rows; waits for them. */
        public List<Row> next(int count) {
            List<Row> next = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                next.add(rows.next());
            }
            return next;
        }

        @Override
        public void close() throws Exception {
            rows.close();
            Await.until(
                    "the job has ended",
                    () -> {
                        try {
                            return job.getJobStatus()
                                    .get(30, TimeUnit.SECONDS)
                                    .isGloballyTerminalState();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
        }
    }
}

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

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

        private static final long LIMIT_SECONDS = 30;
        private static final Object END = new Object();

        private final CloseableIterator<Row> rows;
        private final JobClient job;
        private final Thread reader = new Thread(this::read, "sql-query");

        /** Rows, then what the query failed with, if so, then {@link #END}. */
        private final BlockingDeque<Object> results = new LinkedBlockingDeque<>();

        private Query(TableResult result) {
            rows = result.collect();
            job = result.getJobClient().orElseThrow();
            reader.setDaemon(true);
            reader.start();
        }

        /** On a thread of its own, because Flink's iterator can't be interrupted. */
        private void read() {
            try {
                rows.forEachRemaining(results::add);
            } catch (RuntimeException e) {
                results.add(e);
            }
            results.add(END);
        }

        private Object take(long millis) {
            try {
                return results.pollFirst(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private Row row(@Nullable Object result) {
            if (result instanceof RuntimeException) {
                throw (RuntimeException) result;
            }
            if (result instanceof Row) {
                return (Row) result;
            }
            throw new AssertionError(
                    result == END ? "The query has ended." : "No row within 30 s.");
        }

        /** The next row; waits for it. */
        public Row next() {
            return row(take(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS)));
        }

        /** The next rows; waits for them. */
        public List<Row> next(int count) {
            return Stream.generate(this::next).limit(count).collect(Collectors.toList());
        }

        /** The next row; does this again and again until it comes. */
        public Row nextWhile(Callable<?> action) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            Object result = null;
            while (result == null && System.nanoTime() < deadline) {
                action.call();
                result = take(10);
            }
            return row(result);
        }

        /** Waits until the query ends of itself, without another row. */
        public void awaitEnd() {
            Object result = take(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            if (result != END) {
                throw new AssertionError("Not the end of the query: " + result);
            }
        }

        @Override
        public void close() throws Exception {
            rows.close();
            Await.until("the job has ended", this::hasEnded);
            reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        }

        private boolean hasEnded() {
            try {
                return job.getJobStatus()
                        .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                        .isGloballyTerminalState();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}

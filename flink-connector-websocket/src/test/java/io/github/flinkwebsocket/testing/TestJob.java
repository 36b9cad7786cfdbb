package io.github.flinkwebsocket.testing;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A job of a source and a {@link Probe} on the MiniCluster of the test class. {@link #close()}
 * cancels it and waits for its end.
 */
public final class TestJob implements AutoCloseable {

    private static final long LIMIT_SECONDS = 30;

    private final JobClient client;

    private TestJob(JobClient client) {
        this.client = client;
    }

    public static Builder of(Source<String, ?, ?> source, Probe probe) {
        return new Builder(source, probe);
    }

    public JobID id() {
        return client.getJobID();
    }

    public JobStatus status() {
        return get(client.getJobStatus());
    }

    /** Waits until the job has ended of itself. */
    public void awaitFinished() {
        Await.until("the job has ended", () -> status().isGloballyTerminalState());
        if (status() != JobStatus.FINISHED) {
            throw new AssertionError("The job has ended with " + status() + ".", failure());
        }
    }

    /** Waits until the job has failed; gives what it failed with. */
    public Throwable failure() {
        try {
            client.getJobExecutionResult().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            throw new AssertionError("The job did not fail.", e);
        }
        throw new AssertionError("The job did not fail; it has ended with " + status() + ".");
    }

    /** Stops the job; gives the path of its savepoint. */
    public String stopWithSavepoint(Path directory) {
        return get(
                client.stopWithSavepoint(
                        false, directory.toUri().toString(), SavepointFormatType.CANONICAL));
    }

    /** Drains the job, which ends event time; gives the path of its savepoint. */
    public String drain(Path directory) {
        return get(
                client.stopWithSavepoint(
                        true, directory.toUri().toString(), SavepointFormatType.CANONICAL));
    }

    /** Cancels the job and waits for its end. */
    public void cancel() {
        get(client.cancel());
        Await.until("the job has ended", () -> status().isGloballyTerminalState());
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("The cluster did not do what was asked.", e);
        }
    }

    @Override
    public void close() {
        if (!status().isGloballyTerminalState()) {
            cancel();
        }
    }

    /** Describes a job; without more, everything has parallelism 1 and a failure is the end. */
    public static final class Builder {

        private final Source<String, ?, ?> source;
        private final Probe probe;
        private final Configuration config = new Configuration();
        private WatermarkStrategy<String> watermarks = WatermarkStrategy.noWatermarks();
        private int parallelism = 1;
        private int probeParallelism = 1;

        private Builder(Source<String, ?, ?> source, Probe probe) {
            this.source = source;
            this.probe = probe;
            config.setString("restart-strategy.type", "none");
        }

        /** The parallelism of the source; that of the probe stays 1. */
        public Builder parallelism(int newParallelism) {
            parallelism = newParallelism;
            return this;
        }

        /** The parallelism of both, which are chained then: each subtask fails alone. */
        public Builder chained(int newParallelism) {
            probeParallelism = newParallelism;
            return parallelism(newParallelism);
        }

        public Builder config(String key, String value) {
            config.setString(key, value);
            return this;
        }

        public Builder watermarks(WatermarkStrategy<String> strategy) {
            watermarks = strategy;
            return this;
        }

        /** A checkpoint each 50 ms, and a restart from the last one after each failure. */
        public Builder restarting() {
            return restartingWithoutCheckpoints().checkpointed();
        }

        /** A restart after each failure. */
        public Builder restartingWithoutCheckpoints() {
            config.setString("restart-strategy.type", "fixed-delay");
            config.setString("restart-strategy.fixed-delay.attempts", "100");
            config.setString("restart-strategy.fixed-delay.delay", "50 ms");
            return this;
        }

        /** A checkpoint each 50 ms. */
        public Builder checkpointed() {
            config.setString("execution.checkpointing.interval", "50 ms");
            return this;
        }

        public Builder restoring(String savepoint) {
            config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            config.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, false);
            return this;
        }

        public Builder objectReuse() {
            config.setString("pipeline.object-reuse", "true");
            return this;
        }

        public TestJob start() throws Exception {
            StreamExecutionEnvironment env = environment();
            return new TestJob(env.executeAsync("test"));
        }

        /** The environment with the job in it, not started. */
        public StreamExecutionEnvironment environment() {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(config);
            env.fromSource(source, watermarks, "feed")
                    .uid("feed")
                    .setParallelism(parallelism)
                    .transform("probe", Types.STRING, new ProbeOperator.Factory(probe))
                    .uid("probe")
                    .setParallelism(probeParallelism)
                    .sinkTo(new DiscardingSink<>())
                    .setParallelism(probeParallelism);
            return env;
        }
    }
}

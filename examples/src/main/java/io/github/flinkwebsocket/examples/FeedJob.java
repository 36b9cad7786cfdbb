package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.event.WebSocketEvent;
import io.github.flinkwebsocket.message.event.WebSocketEventSchema;
import io.github.flinkwebsocket.source.WebSocketSource;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.table.api.TableResult;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a feed that options describe, and prints its records or writes them to files; or runs a
 * file of SQL. Needs no Java of its user:
 *
 * <pre>{@code flink run <jar> --config feed.yaml --json-files /data/trades}</pre>
 */
public final class FeedJob {

    private static final long CHECKPOINT_MILLIS = 10_000;

    public static void main(String[] args) throws Exception {
        FeedArguments arguments = FeedArguments.parse(System.getenv(), args);
        if (arguments.help()) {
            System.out.print(FeedHelp.text());
            return;
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        switch (arguments.output()) {
            case SQL:
                runSql(env, arguments.script());
                return;
            case JSON_FILES:
                writeJsonFiles(env, arguments.feed(), arguments.target());
                break;
            default:
                print(records(env, arguments.feed()));
        }
        env.execute("Feed");
    }

    /** No more tasks than the feed has: records stay in their order. */
    private static void print(DataStream<String> records) {
        records.print().setParallelism(records.getParallelism());
    }

    /** The records as text: as they came, or as events where something is added to them. */
    static DataStream<String> records(StreamExecutionEnvironment env, Configuration feed) {
        return needsEvents(feed)
                ? read(env, feed, WebSocketEventSchema.json())
                        .map(WebSocketEvent::toString)
                        .setParallelism(parallelism(env, feed))
                        .name("Event to JSON")
                : read(env, feed, WebSocketDeserializationSchema.text());
    }

    private static boolean needsEvents(Configuration feed) {
        return feed.get(WebSocketOptions.ERROR_POLICY) == ErrorPolicy.EMIT
                || Set.of(WebSocketOptions.ADD_FIELD, WebSocketOptions.TAGS, WebSocketOptions.TYPE)
                        .stream()
                        .anyMatch(feed::contains);
    }

    /** Events as lines of JSON; files become visible, complete, with the next checkpoint. */
    static void writeJsonFiles(StreamExecutionEnvironment env, Configuration feed, String target) {
        Encoder<WebSocketEvent> lines = FeedJob::writeLine;
        read(env, feed, WebSocketEventSchema.json())
                .sinkTo(
                        FileSink.forRowFormat(folder(target), lines)
                                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                                .withOutputFileConfig(
                                        OutputFileConfig.builder().withPartSuffix(".jsonl").build())
                                .build())
                .setParallelism(parallelism(env, feed))
                .name("JSON files")
                .uid("json-files");
    }

    /** A folder without a scheme is one here, wherever tasks may run. */
    private static Path folder(String target) {
        return new Path(target.contains("://") ? target : new File(target).getAbsolutePath());
    }

    private static void writeLine(WebSocketEvent event, OutputStream out) throws IOException {
        out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static <T> DataStream<T> read(
            StreamExecutionEnvironment env,
            Configuration feed,
            WebSocketDeserializationSchema<T> schema) {
        checkpoint(env);
        WebSocketSource<T> source =
                WebSocketSource.<T>builder().setOptions(feed).setDeserializer(schema).build();
        return env.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "Feed")
                .setParallelism(parallelism(env, feed))
                .uid("feed");
    }

    /** One URL is one connection. */
    private static int parallelism(StreamExecutionEnvironment env, Configuration feed) {
        return Math.min(env.getParallelism(), feed.get(WebSocketOptions.URL).size());
    }

    /** Runs the statements of a file, and prints the rows of its query if there is one. */
    private static void runSql(StreamExecutionEnvironment env, SqlScript script) {
        checkpoint(env);
        Optional<TableResult> result = script.run(env);
        if (script.endsWithQuery()) {
            result.ifPresent(TableResult::print);
        }
    }

    /** Unless the cluster or the command line says something else. */
    private static void checkpoint(StreamExecutionEnvironment env) {
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            env.enableCheckpointing(CHECKPOINT_MILLIS);
        }
    }

    private FeedJob() {}
}

package io.github.flinkwebsocket.e2e;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads numbered messages and writes each record to a file at once, so that a test sees exactly
 * what was emitted, by which attempt and over which connection. Runs in the client or the
 * JobManager. The source's state is the only state.
 *
 * <pre>{@code --out <folder> --url <url> [--initial-url <url>] [--option <key>=<value>] ...}</pre>
 *
 * <p>With initial URLs the position is the number of the message; without, the feed is live only.
 */
public final class NumbersJob {

    public static void main(String[] args) throws Exception {
        List<String> urls = new ArrayList<>();
        List<String> initialUrls = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        String out = null;
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--out":
                    out = value;
                    break;
                case "--url":
                    urls.add(value);
                    break;
                case "--initial-url":
                    initialUrls.add(value);
                    break;
                case "--option":
                    String[] option = value.split("=", 2);
                    options.put(option[0], option[1]);
                    break;
                default:
                    throw new IllegalArgumentException("Unknown argument: " + args[i]);
            }
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSource(
                        source(urls, initialUrls, options),
                        WatermarkStrategy.noWatermarks(),
                        "Numbers")
                .uid("numbers")
                .map(new RecordFiles(out))
                .name("Record files")
                .uid("record-files")
                .sinkTo(new DiscardingSink<>())
                .name("Nothing")
                .uid("nothing");
        env.execute("Numbers");
    }

    private static WebSocketSource<String> source(
            List<String> urls, List<String> initialUrls, Map<String, String> options) {
        WebSocketSourceBuilder<String> builder =
                WebSocketSource.<String>builder()
                        .setUrls(urls.toArray(new String[0]))
                        .setDeserializer(new NumberSchema())
                        .setOptions(Configuration.fromMap(options));
        if (!initialUrls.isEmpty()) {
            builder.setOption(WebSocketOptions.INITIAL_URL, initialUrls)
                    .setPositionExtractor(PositionExtractor.jsonPointer("/n"));
        }
        return builder.build();
    }

    private NumbersJob() {}
}

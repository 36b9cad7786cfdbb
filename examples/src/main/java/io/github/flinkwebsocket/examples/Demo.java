package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The command line of {@code ./demo}; see {@code demo-help.txt}. */
public final class Demo {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final Duration TICK_INTERVAL = Duration.ofMillis(10);
    private static final Duration FIRST_INTERRUPTION = Duration.ofSeconds(2);
    private static final Duration LATER_INTERRUPTIONS = Duration.ofSeconds(20);

    private final PrintStream out;
    private final PrintStream err;

    Demo(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new Demo(System.out, System.err).run(args));
    }

    /** Runs the demo and returns its exit code. */
    int run(String... args) {
        try {
            DemoArguments arguments = DemoArguments.parse(args);
            if (arguments.help()) {
                out.print(help());
            } else if (arguments.url() == null) {
                showMarket(arguments);
            } else {
                showFeed(arguments);
            }
            return OK;
        } catch (IllegalArgumentException e) {
            return fail(WRONG_USAGE, e);
        } catch (Exception e) {
            return fail(FAILED, e);
        }
    }

    private int fail(int code, Exception e) {
        err.println("demo: " + Diagnosis.describe(e));
        return code;
    }

    /** Bars of our own market data server. */
    private void showMarket(DemoArguments arguments) throws Exception {
        try (MarketDataServer server =
                new MarketDataServer(
                                new RandomWalk(System::currentTimeMillis, System.nanoTime()),
                                TICK_INTERVAL)
                        .interruptAfter(FIRST_INTERRUPTION, LATER_INTERRUPTIONS)) {
            DemoConsole console = new DemoConsole(out);
            LocalJob job = new LocalJob(console);
            StreamExecutionEnvironment env = job.env();
            WebSocketSourceBuilder<Tick> ticks = MarketBarsJob.ticks(server.url());
            DataStream<Bar> bars =
                    MarketBarsJob.bars(env, bounded(ticks, arguments.seconds()).build());
            console.line("Market data server  %s, 100 ticks a second", server.url());
            console.line("Flink web UI        %s", job.webUi());
            console.line("A bar is what happened in 5 seconds. %s", howToEnd(arguments));
            console.setHeader(Bar.header());
            job.show("Market bars", bars, URI.create(server.url()));
        }
    }

    /** The messages of any feed, as they are. */
    private void showFeed(DemoArguments arguments) throws Exception {
        WebSocketSourceBuilder<String> builder =
                WebSocketSource.<String>builder()
                        .setUrls(arguments.url())
                        .setDeserializer(WebSocketDeserializationSchema.text())
                        .setOption(WebSocketOptions.CONNECT_TIMEOUT, Duration.ofSeconds(10))
                        .setOption(
                                WebSocketOptions.RECONNECT_INITIAL_BACKOFF, Duration.ofMillis(200))
                        .setOption(WebSocketOptions.RECONNECT_MAX_BACKOFF, Duration.ofSeconds(5));
        arguments.openMessages().forEach(builder::addOpenMessage);
        WebSocketSource<String> source = bounded(builder, arguments.seconds()).build();
        DemoConsole console = new DemoConsole(out);
        LocalJob job = new LocalJob(console);
        DataStream<String> records =
                job.env()
                        .fromSource(source, WatermarkStrategy.noWatermarks(), "Feed")
                        .setParallelism(1);
        console.line("Flink web UI  %s", job.webUi());
        console.line("Each line below is one record. %s", howToEnd(arguments));
        job.show("Feed", records, URI.create(arguments.url()));
    }

    private static <T> WebSocketSourceBuilder<T> bounded(
            WebSocketSourceBuilder<T> builder, int seconds) {
        return seconds == 0
                ? builder
                : builder.setOption(WebSocketOptions.BOUNDED_DURATION, Duration.ofSeconds(seconds));
    }

    private static String howToEnd(DemoArguments arguments) {
        return arguments.seconds() == 0
                ? "Ctrl-C ends the demo."
                : "The demo ends after " + arguments.seconds() + " s.";
    }

    private static String help() throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("/demo-help.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

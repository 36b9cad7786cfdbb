package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The command line of {@code ./demo}; see {@code demo-help.txt}. */
public final class Demo {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final String TWO_FEEDS = "/sql/two-feeds.sql";
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
            if (args.length > 0 && args[0].equals("feed")) {
                runFeed(Arrays.copyOfRange(args, 1, args.length));
            } else {
                run(DemoArguments.parse(args));
            }
            return OK;
        } catch (IllegalArgumentException e) {
            return fail(WRONG_USAGE, e);
        } catch (Exception e) {
            return fail(FAILED, e);
        }
    }

    private void run(DemoArguments arguments) throws Exception {
        if (arguments.help()) {
            out.print(FeedHelp.resource("/demo-help.txt"));
            return;
        }
        switch (arguments.command()) {
            case FEED:
                showFeed(arguments);
                break;
            case SQL:
                showSql(arguments);
                break;
            case SERVER:
                serve(arguments);
                break;
            default:
                showMarket(arguments);
        }
    }

    private int fail(int code, Exception e) {
        err.println("demo: " + Diagnosis.describe(e));
        return code;
    }

    /** Bars of our own market data server. */
    private void showMarket(DemoArguments arguments) throws Exception {
        try (MarketDataServer server = interruptingServer()) {
            DemoConsole console = new DemoConsole(out);
            LocalJob job = new LocalJob(console);
            StreamExecutionEnvironment env = job.env();
            WebSocketSourceBuilder<Tick> ticks = MarketBarsJob.ticks(server.url());
            DataStream<Bar> bars =
                    MarketBarsJob.bars(env, bounded(ticks, arguments.seconds()).build());
            console.line("Market data server  %s, 100 ticks a second", server.url());
            console.line("Flink web UI        %s", job.webUi());
            console.line("A bar is what happened in 5 seconds. %s", howToEnd(arguments.seconds()));
            console.setHeader(Bar.header());
            job.show("Market bars", bars, URI.create(server.url()));
        }
    }

    private static MarketDataServer interruptingServer() throws IOException {
        return server(0).interruptAfter(FIRST_INTERRUPTION, LATER_INTERRUPTIONS);
    }

    private static MarketDataServer server(int port) throws IOException {
        return new MarketDataServer(
                new RandomWalk(System::currentTimeMillis, System.nanoTime()), TICK_INTERVAL, port);
    }

    /** The server alone, for jobs that run elsewhere. */
    private void serve(DemoArguments arguments) throws Exception {
        try (MarketDataServer server = server(arguments.port())) {
            DemoConsole console = new DemoConsole(out);
            console.line("Ticks   %s", server.url());
            console.line("Quotes  %s", server.quotesUrl());
            console.line("%s", howToEnd(arguments.seconds()));
            if (arguments.seconds() > 0) {
                TimeUnit.SECONDS.sleep(arguments.seconds());
            } else {
                new CountDownLatch(1).await();
            }
        }
    }

    /** A file of SQL, or that of the examples with a server of our own. */
    private void showSql(DemoArguments arguments) throws Exception {
        if (arguments.file() != null) {
            showSql(ConfigFile.text(Path.of(arguments.file())), arguments);
            return;
        }
        try (MarketDataServer server = interruptingServer()) {
            showSql(server.readFromHere(FeedHelp.resource(TWO_FEEDS)), arguments);
        }
    }

    private void showSql(String sql, DemoArguments arguments) throws Exception {
        String name = arguments.file() == null ? TWO_FEEDS : arguments.file();
        runScript(SqlScript.parse(name, sql, new Variables(System.getenv())), arguments.seconds());
    }

    private void runScript(SqlScript script, int seconds) throws Exception {
        DemoConsole console = new DemoConsole(out);
        LocalJob job = new LocalJob(console);
        console.line("Flink web UI  %s", job.webUi());
        console.line("Each line below is one row. %s", howToEnd(seconds));
        new SqlDemo(console, job).run(script, seconds);
    }

    /** {@link FeedJob}, with its records on the console. */
    private void runFeed(String... args) throws Exception {
        FeedArguments arguments = FeedArguments.parse(System.getenv(), args);
        if (arguments.help()) {
            out.print(FeedHelp.text());
            return;
        }
        if (arguments.output() == FeedArguments.Output.SQL) {
            runScript(arguments.script(), 0);
            return;
        }
        Configuration feed = arguments.feed();
        DemoConsole console = new DemoConsole(out);
        LocalJob job = new LocalJob(console);
        console.line("Flink web UI  %s", job.webUi());
        if (arguments.output() == FeedArguments.Output.JSON_FILES) {
            FeedJob.writeJsonFiles(job.env(), feed, arguments.target());
            job.show(job.env().executeAsync("Feed"), CloseableIterator.empty(), null);
        } else {
            console.line("Each line below is one record.");
            job.show("Feed", FeedJob.records(job.env(), feed), null);
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
        console.line("Each line below is one record. %s", howToEnd(arguments.seconds()));
        job.show("Feed", records, URI.create(arguments.url()));
    }

    private static <T> WebSocketSourceBuilder<T> bounded(
            WebSocketSourceBuilder<T> builder, int seconds) {
        return seconds == 0
                ? builder
                : builder.setOption(WebSocketOptions.BOUNDED_DURATION, Duration.ofSeconds(seconds));
    }

    private static String howToEnd(int seconds) {
        return seconds == 0 ? "Ctrl-C ends the demo." : "The demo ends after " + seconds + " s.";
    }
}

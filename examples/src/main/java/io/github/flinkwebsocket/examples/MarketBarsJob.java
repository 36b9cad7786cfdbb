package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.formats.json.JsonDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

import java.time.Duration;

/**
 * Turns the ticks of a WebSocket feed into bars (open, high, low, close, volume) of five seconds
 * for each symbol. Runs on any cluster:
 *
 * <pre>{@code flink run -c io.github.flinkwebsocket.examples.MarketBarsJob <jar> --url ws://...}
 * </pre>
 */
public final class MarketBarsJob {

    /** What the server wants to hear on every new connection before it sends anything. */
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"symbols\":[\"BTC-USD\",\"ETH-USD\",\"SOL-USD\",\"XRP-USD\"]}";

    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** How much later than a younger tick a tick may arrive. */
    private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(1);

    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !args[0].equals("--url")) {
            throw new IllegalArgumentException("Usage: MarketBarsJob --url <ws:// or wss:// URL>");
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        bars(env, ticks(args[1]).build()).print();
        env.execute("Market bars");
    }

    /**
     * The source: connects, subscribes, decodes every message as a tick. When the connection ends,
     * it connects and subscribes again.
     */
    public static WebSocketSourceBuilder<Tick> ticks(String url) {
        return WebSocketSource.<Tick>builder()
                .setUrls(url)
                .addOpenMessage(SUBSCRIBE)
                .setDeserializer(
                        WebSocketDeserializationSchema.valueOnly(
                                new JsonDeserializationSchema<>(Tick.class)))
                .setOption(WebSocketOptions.RECONNECT_INITIAL_BACKOFF, Duration.ofMillis(500))
                .setOption(WebSocketOptions.RECONNECT_MAX_BACKOFF, Duration.ofSeconds(10));
    }

    /** The job: windows by the time at which the ticks happened, not at which they arrived. */
    public static DataStream<Bar> bars(
            StreamExecutionEnvironment env, WebSocketSource<Tick> source) {
        WatermarkStrategy<Tick> eventTime =
                WatermarkStrategy.<Tick>forBoundedOutOfOrderness(OUT_OF_ORDERNESS)
                        .withTimestampAssigner((tick, receiveTime) -> tick.time);

        return env.fromSource(source, eventTime, "Ticks")
                .setParallelism(1) // one URL is one connection
                .map(Bar::of)
                .name("Tick to bar")
                .setParallelism(1)
                .keyBy(bar -> bar.symbol)
                .window(TumblingEventTimeWindows.of(WINDOW))
                .reduce(Bar::merge, new StartOfWindow())
                .name("Bars");
    }

    /** Writes into the finished bar when its window began. */
    private static final class StartOfWindow
            extends ProcessWindowFunction<Bar, Bar, String, TimeWindow> {

        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                String symbol, Context context, Iterable<Bar> bars, Collector<Bar> out) {
            Bar bar = bars.iterator().next();
            bar.start = context.window().getStart();
            out.collect(bar);
        }
    }

    private MarketBarsJob() {}
}

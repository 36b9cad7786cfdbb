package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Server and job together, with ticks whose bars can be worked out by hand. */
@Timeout(120)
class MarketBarsJobITCase {

    /** The start of a window. */
    private static final long T = 1_700_000_000_000L;

    @Test
    void makesABarForEverySymbolAndWindow() throws Exception {
        List<Tick> ticks =
                List.of(
                        tick("BTC-USD", "100", "1.5", T + 1000),
                        tick("BTC-USD", "90", "1", T + 500), // late, and still the first
                        tick("ETH-USD", "7", "2", T + 1200),
                        tick("BTC-USD", "110", "0.5", T + 4999),
                        tick("BTC-USD", "120", "1", T + 5000), // the next window
                        tick("BTC-USD", "95", "1", T + 4500), // late, but in time
                        tick("BTC-USD", "130", "1", T + 9000));

        assertThat(bars(ticks))
                .containsExactlyInAnyOrder(
                        "BTC-USD +0: 90 110 90 110 4.0 of 4",
                        "ETH-USD +0: 7 7 7 7 2 of 1",
                        "BTC-USD +5000: 120 130 120 130 2 of 2");
    }

    private static List<String> bars(List<Tick> ticks) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        List<String> bars = new ArrayList<>();
        try (MarketDataServer server =
                        new MarketDataServer(ticks.iterator(), Duration.ofMillis(5));
                CloseableIterator<Bar> results =
                        MarketBarsJob.bars(
                                        env,
                                        MarketBarsJob.ticks(server.url())
                                                .setOption(
                                                        WebSocketOptions.BOUNDED_CLOSE_CODES,
                                                        List.of(1000))
                                                .build())
                                .executeAndCollect()) {
            results.forEachRemaining(bar -> bars.add(summary(bar)));
        }
        return bars;
    }

    private static String summary(Bar bar) {
        return String.format(
                "%s +%d: %s %s %s %s %s of %d",
                bar.symbol,
                bar.start - T,
                bar.open,
                bar.high,
                bar.low,
                bar.close,
                bar.volume,
                bar.ticks);
    }

    private static Tick tick(String symbol, String price, String quantity, long time) {
        return new Tick(symbol, new BigDecimal(price), new BigDecimal(quantity), time);
    }
}

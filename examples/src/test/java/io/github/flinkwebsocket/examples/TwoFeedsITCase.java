package io.github.flinkwebsocket.examples;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The SQL of the examples, with ticks whose rows can be worked out by hand. */
@Timeout(120)
class TwoFeedsITCase {

    /** The start of a window. */
    private static final long T = 1_700_000_000_000L;

    @Test
    void joinsEachTradeWithTheQuoteOfItsTime() throws Exception {
        List<Tick> ticks =
                List.of(
                        tick("BTC-USD", "100.00", "1", T), // no quote yet
                        tick("BTC-USD", "101.00", "1", T + 1000), // the quote of the next line
                        tick("BTC-USD", "103.00", "3", T + 900), // late; the quote around 100
                        tick("ETH-USD", "10.00", "1", T + 2000), // no quote yet
                        tick("ETH-USD", "10.00", "2", T + 6000), // the next window
                        tick("BTC-USD", "101.00", "1", T + 7000)); // the quote around 101

        assertThat(rows(ticks))
                .containsExactlyInAnyOrder(
                        row("BTC-USD", 2, "102.50000", "101.50000", "247.09"),
                        row("ETH-USD", 1, "10.00000", "10.00000", "0.00"),
                        row("BTC-USD", 1, "101.00000", "101.00000", "0.00"));
    }

    private static List<List<Object>> rows(List<Tick> ticks) throws Exception {
        List<List<Object>> rows = new ArrayList<>();
        try (MarketDataServer server =
                new MarketDataServer(ticks.iterator(), Duration.ofMillis(5)).waitFor(2)) {
            TableResult result =
                    SqlScript.parse("two-feeds.sql", script(server), new Variables(Map.of()))
                            .run(StreamExecutionEnvironment.createLocalEnvironment(1))
                            .orElseThrow();
            try (CloseableIterator<Row> iterator = result.collect()) {
                iterator.forEachRemaining(row -> rows.add(withoutWindow(row)));
            }
        }
        return rows;
    }

    /** The script as it is, other than that the feeds end with the server's ticks. */
    private static String script(MarketDataServer server) throws IOException {
        return server.readFromHere(FeedHelp.resource("/sql/two-feeds.sql"))
                .replace(
                        "'connector' = 'websocket',",
                        "'connector' = 'websocket', 'bounded.close-codes' = '1000',");
    }

    /** The window is shown in the time zone of this machine. */
    private static List<Object> withoutWindow(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < row.getArity(); i++) {
            values.add(row.getField(i));
        }
        return values;
    }

    private static List<Object> row(
            String symbol, long trades, String vwap, String mid, String offBps) {
        return List.of(
                symbol, trades, new BigDecimal(vwap), new BigDecimal(mid), new BigDecimal(offBps));
    }

    private static Tick tick(String symbol, String price, String quantity, long time) {
        return new Tick(symbol, new BigDecimal(price), new BigDecimal(quantity), time);
    }
}

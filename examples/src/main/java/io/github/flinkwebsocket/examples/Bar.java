package io.github.flinkwebsocket.examples;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What happened to one symbol in one window. A Flink POJO that prints as a row of a table, 80
 * columns wide at most.
 */
public class Bar {

    private static final String ROW = "%-8s  %-7s  %9s  %9s  %9s  %9s  %9s  %5s";

    public String symbol;

    /** The start of the window, in epoch milliseconds. */
    public long start;

    public BigDecimal open;
    public BigDecimal high;
    public BigDecimal low;
    public BigDecimal close;
    public BigDecimal volume;
    public long ticks;

    /** When the first and the last tick happened: ticks may arrive out of order. */
    public long openTime;

    public long closeTime;

    public Bar() {}

    /** A bar of one tick. */
    public static Bar of(Tick tick) {
        Bar bar = new Bar();
        bar.symbol = tick.symbol;
        bar.open = bar.high = bar.low = bar.close = tick.price;
        bar.openTime = bar.closeTime = tick.time;
        bar.volume = tick.quantity;
        bar.ticks = 1;
        return bar;
    }

    /** The bar of the ticks of both; for equal times, this one's come first. */
    public Bar merge(Bar other) {
        Bar bar = new Bar();
        bar.symbol = symbol;
        bar.open = openTime <= other.openTime ? open : other.open;
        bar.openTime = Math.min(openTime, other.openTime);
        bar.close = closeTime > other.closeTime ? close : other.close;
        bar.closeTime = Math.max(closeTime, other.closeTime);
        bar.high = high.max(other.high);
        bar.low = low.min(other.low);
        bar.volume = volume.add(other.volume);
        bar.ticks = ticks + other.ticks;
        return bar;
    }

    /** The head of the table. */
    public static String header() {
        return String.format(
                ROW, "WINDOW", "SYMBOL", "OPEN", "HIGH", "LOW", "CLOSE", "VOLUME", "TICKS");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                ROW,
                DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
                        .format(Instant.ofEpochMilli(start).atZone(ZoneId.systemDefault())),
                symbol,
                open.toPlainString(),
                high.toPlainString(),
                low.toPlainString(),
                close.toPlainString(),
                volume.toPlainString(),
                ticks);
    }
}

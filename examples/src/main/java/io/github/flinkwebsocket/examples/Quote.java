package io.github.flinkwebsocket.examples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** At which prices one can sell and buy, as the market data server says after each trade. */
final class Quote {

    private static final BigDecimal HALF_SPREAD = new BigDecimal("0.0001");

    private final String symbol;
    private final BigDecimal bid;
    private final BigDecimal ask;
    private final long time;

    private Quote(String symbol, BigDecimal bid, BigDecimal ask, long time) {
        this.symbol = symbol;
        this.bid = bid;
        this.ask = ask;
        this.time = time;
    }

    /** The quote that follows a trade: around its price, and a millisecond younger. */
    static Quote after(Tick tick) {
        BigDecimal half =
                tick.price.multiply(HALF_SPREAD).setScale(tick.price.scale(), RoundingMode.UP);
        return new Quote(
                tick.symbol, tick.price.subtract(half), tick.price.add(half), tick.time + 1);
    }

    /** The message that the server sends. */
    String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"symbol\":\"%s\",\"bid\":\"%s\",\"ask\":\"%s\",\"time\":%d}",
                symbol,
                bid.toPlainString(),
                ask.toPlainString(),
                time);
    }
}

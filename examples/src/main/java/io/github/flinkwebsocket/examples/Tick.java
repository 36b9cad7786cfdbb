package io.github.flinkwebsocket.examples;

import java.math.BigDecimal;
import java.util.Locale;

/** One trade, as the market data server sends it in JSON. A Flink POJO. */
public class Tick {

    public String symbol;
    public BigDecimal price;
    public BigDecimal quantity;

    /** When the trade happened, in epoch milliseconds. */
    public long time;

    public Tick() {}

    public Tick(String symbol, BigDecimal price, BigDecimal quantity, long time) {
        this.symbol = symbol;
        this.price = price;
        this.quantity = quantity;
        this.time = time;
    }

    /** The message that the server sends; exchanges like to write prices as strings. */
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"symbol\":\"%s\",\"price\":\"%s\",\"quantity\":%s,\"time\":%d}",
                symbol,
                price.toPlainString(),
                quantity.toPlainString(),
                time);
    }
}

package io.github.flinkwebsocket.examples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Ticks without end: prices that wander, each tick up to half a second old, so that their times are
 * out of order as those of real feeds are. Not thread-safe.
 */
public final class RandomWalk implements Iterator<Tick> {

    private static final int OLDEST_MILLIS = 500;
    private static final double STEP = 0.0002;

    private final LongSupplier clock;
    private final Random random;
    private final Map<String, Double> prices = new LinkedHashMap<>();
    private final List<String> symbols;

    /**
     * @param clock gives the time in epoch milliseconds
     * @param seed makes the same walk again
     */
    public RandomWalk(LongSupplier clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed);
        prices.put("BTC-USD", 67_000.0);
        prices.put("ETH-USD", 3_500.0);
        prices.put("SOL-USD", 150.0);
        prices.put("XRP-USD", 0.52);
        symbols = new ArrayList<>(prices.keySet());
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Tick next() {
        String symbol = symbols.get(random.nextInt(symbols.size()));
        double price = prices.get(symbol) * (1 + STEP * random.nextGaussian());
        prices.put(symbol, price);
        BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(100_000), 4);
        long time = clock.getAsLong() - random.nextInt(OLDEST_MILLIS);
        return new Tick(symbol, rounded(price), quantity, time);
    }

    /** Two places after the point, five for prices under 10. */
    private static BigDecimal rounded(double price) {
        return BigDecimal.valueOf(price).setScale(price < 10 ? 5 : 2, RoundingMode.HALF_UP);
    }
}

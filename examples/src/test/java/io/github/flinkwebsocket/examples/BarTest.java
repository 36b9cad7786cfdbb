package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

/** How ticks become a bar, and a bar a row. */
class BarTest {

    @Test
    void opensWithTheEarliestTickAndClosesWithTheLatestInWhateverOrderTheyArrive() {
        Bar bar = bar("5", 2).merge(bar("9", 4)).merge(bar("7", 1)).merge(bar("3", 3));

        assertThat(bar.open).isEqualByComparingTo("7");
        assertThat(bar.high).isEqualByComparingTo("9");
        assertThat(bar.low).isEqualByComparingTo("3");
        assertThat(bar.close).isEqualByComparingTo("9");
        assertThat(bar.volume).isEqualByComparingTo("4");
        assertThat(bar.ticks).isEqualTo(4);
    }

    @Test
    void ofTicksOfOneTimeTheFirstOpensAndTheLastCloses() {
        Bar bar = bar("5", 1).merge(bar("6", 1)).merge(bar("4", 1));

        assertThat(bar.open).isEqualByComparingTo("5");
        assertThat(bar.close).isEqualByComparingTo("4");
    }

    @Test
    void aRowIsAsWideAsTheHeader() {
        assertThat(bar("67123.45", 1).toString()).hasSameSizeAs(Bar.header());
        assertThat(Bar.header().length()).isLessThanOrEqualTo(80);
    }

    private static Bar bar(String price, long time) {
        return Bar.of(new Tick("BTC-USD", new BigDecimal(price), BigDecimal.ONE, time));
    }
}

package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server says after a trade. */
class QuoteTest {

    @Test
    void isAroundThePriceAndAMillisecondYounger() {
        Tick tick = new Tick("A", new BigDecimal("100.00"), BigDecimal.ONE, 5);

        assertThat(Quote.after(tick).toJson())
                .isEqualTo("{\"symbol\":\"A\",\"bid\":\"99.99\",\"ask\":\"100.01\",\"time\":6}");
    }
}

package io.github.flinkwebsocket.probe.analysis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names, strings and comments of Flink SQL. */
class SqlTextTest {

    @ParameterizedTest
    @CsvSource({
        "symbol, symbol",
        "T, T",
        "time_us, time_us",
        "time, `time`",
        "Select, `Select`",
        "timestamp, `timestamp`",
        "$type, `$type`",
        "_id, `_id`",
        "1d, `1d`",
        "a b, `a b`",
        "a`b, `a``b`",
        "größe, `größe`"
    })
    void namesAreQuotedIfTheyMustBe(String name, String written) {
        assertThat(SqlText.name(name)).isEqualTo(written);
    }

    @Test
    void somethingUnseenIsNoName() {
        assertThat(SqlText.isName("größe")).isTrue();
        assertThat(SqlText.isName("")).isFalse();
        assertThat(SqlText.isName(" ")).isFalse();
        assertThat(SqlText.isName("a\nb")).isFalse();
        assertThat(SqlText.isName("a\u202eb")).isFalse();
        assertThat(SqlText.isName("a".repeat(129))).isFalse();
    }

    @Test
    void quotesInStringsAreDoubled() {
        assertThat(SqlText.string("it's")).isEqualTo("'it''s'");
    }

    @Test
    void aLineStaysOneLine() {
        assertThat(SqlText.line("a\r\nb\u0085c\u2028d\u001b[31me", 100))
                .isEqualTo("a  b c d [31me");
        assertThat(SqlText.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(SqlText.line("abcdefg", 6)).isEqualTo("abcdef...");
        assertThat(SqlText.line("😀😀😀", 2)).isEqualTo("😀😀...");
    }
}

package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Environment variables in files and on command lines. */
class VariablesTest {

    private final Variables variables =
            new Variables(Map.of("TOKEN", "s3cr$et\\", "QUOTED", "it's;--", "SHORT", "a"));

    @Test
    void standWhereTheirNamesWere() {
        assertThat(variables.resolve("x", "a=${TOKEN}&b=${SHORT}")).isEqualTo("a=s3cr$et\\&b=a");
    }

    @Test
    void thePlaceOfThePositionStays() {
        assertThat(variables.resolve("x", "{\"after\":${position}}"))
                .isEqualTo("{\"after\":${position}}");
    }

    @Test
    void aVariableThatIsNotSetIsNamedWithItsPlace() {
        assertThatThrownBy(() -> variables.resolve("The option 'url'", "${MISSING}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The option 'url' contains ${MISSING}, but the environment variable MISSING"
                                + " is not set.");
    }

    @Test
    void inSqlAQuoteInAValueEndsNoString() {
        assertThat(variables.resolveQuoted("x", "SELECT '${QUOTED}'"))
                .isEqualTo("SELECT 'it''s;--'");
    }

    @Test
    void valuesAreMaskedOnceTheyAreUsed() {
        assertThat(variables.mask("s3cr$et\\")).isEqualTo("s3cr$et\\");

        variables.resolve("x", "${TOKEN}${SHORT}");
        variables.resolveQuoted("x", "${QUOTED}");

        assertThat(variables.mask("s3cr$et\\ a it's;-- it''s;--"))
                .isEqualTo("${TOKEN} a ${QUOTED} ${QUOTED}");
    }

    @Test
    void aMaskedFailureSaysAllButTheValueAndHasNoCause() {
        variables.resolve("x", "${TOKEN}");

        assertThat(
                        variables.masked(
                                new IllegalStateException(
                                        "no table", new RuntimeException("url=s3cr$et\\"))))
                .hasMessage("no table\n  because: url=${TOKEN}")
                .hasNoCause();
    }
}

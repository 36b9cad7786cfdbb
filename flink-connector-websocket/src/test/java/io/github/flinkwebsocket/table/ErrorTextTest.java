package io.github.flinkwebsocket.table;

import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTextTest {

    @Test
    void causesAreNamedOnce() {
        Exception error =
                new IOException(
                        "Could not decode.", new IllegalStateException("bad\nat line 2", null));
        assertThat(text(error)).isEqualTo("Could not decode. Caused by: bad");
        assertThat(text(new IOException(new IllegalStateException("bad"))))
                .isEqualTo("java.lang.IllegalStateException: bad");
    }

    @Test
    void withoutAMessageTheClassIsNamed() {
        assertThat(text(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
    }

    @Test
    void longTextsAreCut() {
        Exception error = new IOException("x".repeat(1000), new IOException("y".repeat(1000)));
        assertThat(text(error))
                .isEqualTo("x".repeat(500) + "... Caused by: " + "y".repeat(500) + "...");
    }

    @Test
    void causesThatGoInCirclesEnd() {
        Exception a = new IOException("a");
        Exception b = new IOException("b", a);
        a.initCause(b);
        assertThat(text(a)).isEqualTo("a Caused by: b");
    }

    private static String text(Throwable error) {
        return ErrorText.of(error).toString();
    }
}

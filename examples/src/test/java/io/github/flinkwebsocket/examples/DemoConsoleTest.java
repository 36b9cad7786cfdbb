package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** How records look on the screen. */
class DemoConsoleTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DemoConsole console =
            new DemoConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void aRecordIsOneLineAndCannotControlTheTerminal() {
        console.row("a\r\nb\u001b[2J\u009bc\u00fc");

        assertThat(lines()).containsExactly("a  b [2J c\u00fc");
    }

    @Test
    void theHeaderComesBackAfterTwentyRows() {
        console.setHeader("HEADER");
        for (int i = 0; i < 21; i++) {
            console.row("row");
        }

        assertThat(lines().subList(0, 3)).containsExactly("", "HEADER", "row");
        assertThat(lines().subList(22, 25)).containsExactly("", "HEADER", "row");
        assertThat(Collections.frequency(lines(), "row")).isEqualTo(21);
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList());
    }
}

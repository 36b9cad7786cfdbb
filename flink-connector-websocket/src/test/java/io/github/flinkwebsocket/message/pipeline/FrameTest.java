package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Parts;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code message.framing} and {@code message.separator}. */
class FrameTest {

    @Test
    void messageIsOneFrame() {
        assertThat(new Parts().text("a\nb\n").texts).containsExactly("a\nb\n");
    }

    @Test
    void linesEndWithAnyOfTheTwoLineEndsAndTheLastOneNeedsNone() {
        assertThat(lines().text("a\nb\r\nc").texts).containsExactly("a", "b", "c");
        assertThat(lines().text("a\n").texts).containsExactly("a");
    }

    @Test
    void emptyLinesAreSkipped() {
        assertThat(lines().text("\n\na\n\r\n\nb\n\n").texts).containsExactly("a", "b");
        assertThat(lines().text("\n").texts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "\\u001e ! 001e    ! a001eb001e",
                "\\n\\n  ! 000a000a ! a000a000ab",
                "||      ! 7c7c    ! a7c7cb7c7c7c7c",
                "\\\\    ! 005c    ! a005cb",
                "\\t     ! 0009    ! a0009b",
                "\\r     ! 000d    ! a000db",
                "\\0     ! 0000    ! a0000b",
            })
    void separatorMayBeAnything(String option, String hex, String message) {
        String separator =
                hex.length() == 4 && hex.startsWith("00")
                        ? String.valueOf((char) Integer.parseInt(hex, 16))
                        : hex.startsWith("000a") ? "\n\n" : "||";
        Parts parts = separatedBy(option).text(message.replace(hex, separator));
        assertThat(parts.texts).containsExactly("a", "b");
    }

    @Test
    void separatorOutsideAsciiIsFound() {
        assertThat(separatedBy("→").text("ä→ö→ü").texts).containsExactly("ä", "ö", "ü");
    }

    @Test
    void partOfASeparatorSeparatesNothing() {
        assertThat(separatedBy("||").text("a|b|||c").texts).containsExactly("a|b", "|c");
    }

    @Test
    void lineOfBlanksIsOneForWhoeverReadsNoJson() {
        assertThat(lines().text("a\n \nb").texts).containsExactly("a", " ", "b");
    }

    @Test
    void emptyMessageIsOneFrameOrNone() {
        assertThat(new Parts().text("").texts).containsExactly("");
        for (Parts parts : List.of(lines(), json(), separatedBy("|"))) {
            assertThat(parts.text("").parts).isEmpty();
            assertThat(parts.failures).isEmpty();
            assertThat(parts.controls).isZero();
        }
    }

    @Test
    void jsonValuesFollowEachOtherWithOrWithoutBlanks() {
        assertThat(json().text("{\"a\":1}{\"b\":[2]} \n [3]\"}{\" 4 true null 5").texts)
                .containsExactly(
                        "{\"a\":1}", "{\"b\":[2]}", "[3]", "\"}{\"", "4", "true", "null", "5");
        assertThat(json().text("  ").texts).isEmpty();
    }

    @Test
    void jsonMayBeginWithAByteOrderMark() {
        assertThat(json().text("\uFEFF{\"a\":1}").texts).containsExactly("{\"a\":1}");
    }

    @Test
    void whatIsWholeBeforeBrokenJsonIsKept() {
        Parts parts = json().text("{\"a\":1}{\"b\":2}{\"c\":");
        assertThat(parts.texts).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(parts.failures).hasSize(1);
    }

    @Test
    void jsonMustBeUtf8() {
        Parts parts = json().binary("{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        assertThat(parts.parts).isEmpty();
        assertThat(parts.failures).hasSize(1).first().asString().contains("It is no JSON in UTF-8");
    }

    @Test
    void positionIsThatOfTheLastFrameWithOne() {
        Parts parts = lines().positionAt("/n").text("{\"n\":1}\n{\"n\":2}\n{}");
        assertThat(parts.position).isEqualTo("2");
        assertThat(parts.parts.stream().map(p -> p.getPosition()).collect(Collectors.toList()))
                .containsExactly("1", "2", null);
    }

    @Property(tries = 200)
    void joinedFramesComeOutAgain(@ForAll @Size(max = 20) List<String> texts) {
        List<String> frames =
                texts.stream()
                        .map(text -> text.replaceAll("[\r\n\\p{Cs}]", "?"))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.toList());
        assertThat(lines().text(String.join("\n", frames)).texts).isEqualTo(frames);
    }

    private static Parts lines() {
        return new Parts().with(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.LINES);
    }

    private static Parts json() {
        return new Parts().with(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.JSON);
    }

    private static Parts separatedBy(String separator) {
        return new Parts()
                .with(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.SEPARATOR)
                .with(WebSocketOptions.MESSAGE_SEPARATOR, separator);
    }
}

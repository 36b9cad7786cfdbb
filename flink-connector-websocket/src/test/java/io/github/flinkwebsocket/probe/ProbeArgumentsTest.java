package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the command line of the probe may be. */
class ProbeArgumentsTest {

    private static final String URL = "wss://feed.example/";

    @Test
    void hasDefaultsForAllButTheUrl() {
        ProbeArguments arguments = ProbeArguments.parse("--url", URL);
        assertThat(arguments.url()).isEqualTo(URL);
        assertThat(arguments.openMessages()).isEmpty();
        assertThat(arguments.seconds()).isEqualTo(20);
        assertThat(arguments.messages()).isEqualTo(300);
        assertThat(arguments.sample()).isEqualTo(3);
        assertThat(arguments.table()).isEqualTo("feed");
        assertThat(arguments.help()).isFalse();
    }

    @Test
    void takesEverythingAtOnce() {
        ProbeArguments arguments =
                ProbeArguments.parse(
                        "--sample",
                        "0",
                        "--seconds",
                        "5",
                        "--messages",
                        "7",
                        "--table",
                        "t",
                        "--url",
                        URL,
                        "--open-message",
                        "a;b",
                        "--open-message",
                        "[1]",
                        "--option",
                        "http-headers.X-Key=a=b");
        assertThat(arguments.sample()).isZero();
        assertThat(arguments.seconds()).isEqualTo(5);
        assertThat(arguments.messages()).isEqualTo(7);
        assertThat(arguments.table()).isEqualTo("t");
        assertThat(arguments.configuration().get(WebSocketOptions.OPEN_MESSAGES))
                .containsExactly("a;b", "[1]");
        assertThat(arguments.configuration().get(WebSocketOptions.HTTP_HEADERS))
                .isEqualTo(Map.of("X-Key", "a=b"));
    }

    @Test
    void takesUrlsAndMessagesOfOptionsAsTheyAre() {
        ProbeArguments arguments =
                ProbeArguments.parse(
                        "--url",
                        URL + "?from=${position}",
                        "--option",
                        "initial-url=wss://feed.example/;x",
                        "--option",
                        "initial-open-messages=[\"a\";{}]");
        assertThat(arguments.configuration().get(WebSocketOptions.INITIAL_URL))
                .containsExactly("wss://feed.example/;x");
        assertThat(arguments.configuration().get(WebSocketOptions.INITIAL_OPEN_MESSAGES))
                .containsExactly("[\"a\";{}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seconds 5|--url is missing; ./probe --help shows all",
                "--url|--url needs a value",
                "--url a --url b|--url is given twice",
                "--url a --seconds 0|--seconds needs a whole number from 1",
                "--url a --messages -1|--messages needs a whole number from 1",
                "--url a --sample x|--sample needs a whole number from 0",
                "--url a --seconds 1 --seconds 1|--seconds is given twice",
                "--url a --what b|unknown option '--what'; ./probe --help shows all",
                "--url a --token=x|unknown option '--token'; ./probe --help shows all",
                "--url a --option id|--option needs KEY=VALUE with a key of the connector's options, not 'id'; docs/options.md lists them",
                "--url a --option idd=x|--option needs KEY=VALUE with a key of the connector's options, not 'idd'; docs/options.md lists them",
                "--url a --option id=x --option id=y|--option id is given twice",
                "--url wss://a;wss://b|--url takes one URL; a table may have several, separated by ';'",
                "--url a --option url=x|use --url for 'url'",
                "--url a --option open-messages=x|use --open-message for 'open-messages'"
            })
    void refusesTheRest(String line, String message) {
        assertThatThrownBy(() -> ProbeArguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesATableWithoutAName() {
        assertThatThrownBy(() -> ProbeArguments.parse("--url", URL, "--table", " "))
                .hasMessage("--table needs a name of a table");
    }

    @Test
    void asksForNothingElseWithHelp() {
        assertThat(ProbeArguments.parse("--help").help()).isTrue();
        assertThat(ProbeArguments.parse("--url", "a", "-h", "nonsense").help()).isTrue();
    }
}

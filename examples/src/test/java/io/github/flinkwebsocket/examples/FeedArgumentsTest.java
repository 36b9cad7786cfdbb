package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the command line of the feed job understands. */
class FeedArgumentsTest {

    @TempDir Path folder;

    @Test
    void readsOptionsAndPrintsUnlessToldOtherwise() throws Exception {
        FeedArguments arguments =
                parse("--url", "ws://h/", "--open-message", "--a", "--open-messages", "b");

        assertThat(arguments.output()).isEqualTo(FeedArguments.Output.PRINT);
        Configuration feed = arguments.feed();
        assertThat(feed.get(WebSocketOptions.URL)).containsExactly("ws://h/");
        assertThat(feed.get(WebSocketOptions.OPEN_MESSAGES)).containsExactly("--a", "b");
    }

    @Test
    void theCommandLineCountsInsteadOfTheFile() throws Exception {
        Path file = folder.resolve("feed.yaml");
        Files.writeString(file, "url: ws://a/\nid: file\n");

        Configuration feed =
                parse("--id", "line", "--config", file.toString(), "--json-files", "out").feed();

        assertThat(feed.get(WebSocketOptions.ID)).isEqualTo("line");
        assertThat(feed.get(WebSocketOptions.URL)).containsExactly("ws://a/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void knowsBothSpellingsOfHelp(String option) {
        assertThat(parse(option).help()).isTrue();
    }

    @Test
    void theHelpNamesEveryOption() throws Exception {
        assertThat(FeedHelp.text().lines())
                .contains("  --url", "  --http-headers.NAME")
                .hasSizeGreaterThan(WebSocketOptions.all().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--speed", "url", "--open-messagess", "--http-headers"})
    void refusesWhatIsNoOption(String option) {
        assertRefused("There is no option '" + option + "'; --help shows all.", option, "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--url", "--config", "--sql", "--json-files"})
    void refusesAnOptionWithoutItsValue(String option) {
        assertRefused(option + " needs a value.", option);
    }

    @Test
    void refusesTwoOutputs() {
        assertRefused(
                "There are both --print and --json-files; use one of them.",
                "--url",
                "ws://h/",
                "--print",
                "--json-files",
                "out");
    }

    @Test
    void refusesOptionsOfAFeedBesidesSql() {
        assertRefused("--sql takes no options of a feed", "--sql", "a.sql", "--url", "ws://h/");
        assertRefused("--sql takes no options of a feed", "--sql", "a.sql", "--config", "a.yaml");
    }

    @Test
    void refusesNothing() {
        assertRefused("There is no feed");
    }

    @Test
    void refusesTwoFiles() {
        assertRefused("--config is given twice", "--config", "a.yaml", "--config", "b.yaml");
    }

    private static FeedArguments parse(String... args) {
        return FeedArguments.parse(Map.of(), args);
    }

    private static void assertRefused(String reason, String... args) {
        assertThatThrownBy(() -> parse(args))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }
}

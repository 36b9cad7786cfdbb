package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the command line of the demo understands. */
class DemoArgumentsTest {

    @Test
    void withoutArgumentsItShowsTheMarketForEver() {
        DemoArguments arguments = DemoArguments.parse();

        assertThat(arguments.help()).isFalse();
        assertThat(arguments.url()).isNull();
        assertThat(arguments.openMessages()).isEmpty();
        assertThat(arguments.seconds()).isZero();
    }

    @Test
    void readsEveryOption() {
        DemoArguments arguments =
                DemoArguments.parse(
                        "--seconds",
                        "7",
                        "--open-message",
                        "a",
                        "--url",
                        "ws://h/",
                        "--open-message",
                        "--b");

        assertThat(arguments.url()).isEqualTo("ws://h/");
        assertThat(arguments.openMessages()).containsExactly("a", "--b");
        assertThat(arguments.seconds()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void knowsBothSpellingsOfHelp(String option) {
        assertThat(DemoArguments.parse(option).help()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "", "ten", "1000000000"})
    void refusesSecondsThatAreNoWholeNumberFromOne(String seconds) {
        assertRefused("--seconds needs a whole number from 1", "--seconds", seconds);
    }

    @Test
    void refusesAnUnknownOptionAndPointsToTheHelp() {
        assertRefused("unknown option '--speed'; ./demo --help shows all", "--speed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--url", "--open-message", "--seconds"})
    void refusesAnOptionWithoutItsValue(String option) {
        assertRefused(option + " needs a value", option);
    }

    @Test
    void refusesWhatCanBeGivenOnlyOnceWhenItIsGivenTwice() {
        assertRefused("--url is given twice", "--url", "ws://a/", "--url", "ws://b/");
        assertRefused("--seconds is given twice", "--seconds", "1", "--seconds", "2");
    }

    @Test
    void refusesAnOpenMessageForTheMarket() {
        assertRefused("--open-message needs --url", "--open-message", "a");
    }

    @Test
    void readsTheOtherCommands() {
        DemoArguments sql = DemoArguments.parse("sql", "my.sql", "--seconds", "3");
        assertThat(sql.command()).isEqualTo(DemoArguments.Command.SQL);
        assertThat(sql.file()).isEqualTo("my.sql");
        assertThat(sql.seconds()).isEqualTo(3);
        assertThat(DemoArguments.parse("sql").file()).isNull();

        DemoArguments server = DemoArguments.parse("server", "--port", "4000");
        assertThat(server.command()).isEqualTo(DemoArguments.Command.SERVER);
        assertThat(server.port()).isEqualTo(4000);
        assertThat(DemoArguments.parse("server").port()).isEqualTo(8765);
    }

    @Test
    void refusesAnUnknownCommandAndOptionsOfOthers() {
        assertRefused("unknown command 'sing'; ./demo --help shows all", "sing");
        assertRefused("unknown option '--port'", "sql", "--port", "1");
        assertRefused("unknown option '--url'", "server", "--url", "ws://h/");
        assertRefused("--port needs a whole number from 1 to 65535", "server", "--port", "65536");
    }

    private static void assertRefused(String reason, String... args) {
        assertThatThrownBy(() -> DemoArguments.parse(args))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}

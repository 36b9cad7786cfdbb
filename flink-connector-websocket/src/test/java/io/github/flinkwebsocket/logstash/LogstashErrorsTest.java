package io.github.flinkwebsocket.logstash;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is refused, and where the error says it is. A {@code ^} stands for a line end. */
class LogstashErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "inputs { }              | 1 |  1 | Expected 'input', 'filter' or 'output', found 'inputs'.",
                "input {}^ }             | 2 |  2 | Expected 'input', 'filter' or 'output', found '}'.",
                "input websocket         | 1 |  7 | Expected '{', found 'websocket'.",
                "input {^ websocket {    | 2 | 13 | Expected the name of a setting or '}', found the end of the file.",
                "input { websocket       | 1 | 18 | Expected '{', found the end of the file.",
                "input { [               | 1 |  9 | Expected the name of a plugin or '}', found '['.",
                "input { a { b = 1 } }   | 1 | 15 | Expected '=>', found '='.",
                "input { a { b => } }    | 1 | 18 | Expected a value, found '}'.",
                "input { a { b => 'x^ } }| 1 | 18 | The string has no end.",
                "input { a { b => \"\\\"} } | 1 | 18 | The string has no end.",
                "input { a { b => [1 2] } }   | 1 | 21 | Expected ',' or ']', found '2'.",
                "input { a { b => [1,] } }    | 1 | 21 | Expected a value, found ']'.",
                "input { a { b => [,1] } }    | 1 | 19 | Expected a value or ']', found ','.",
                "input { a { b => { c 1 } } } | 1 | 22 | Expected '=>', found '1'.",
                "input { a { b => { c => 1, d => 2 } } } | 1 | 26 | Expected a key or '}' (only blanks separate them), found ','.",
                "input { a { b => 1, c => 2 } } | 1 | 19 | Expected the name of a setting or '}' (only blanks separate them), found ','.",
                "input { a { b => wss://c } } | 1 | 18 | The value that begins with 'wss' must be in quotes.",
                "input { a { b => foo-bar } } | 1 | 18 | The value that begins with 'foo-bar' must be in quotes.",
                "input { a { b => 1.2.3 } }   | 1 | 18 | The value that begins with '1.2.3' must be in quotes.",
                "input { a { b => c'd' } }    | 1 | 18 | The value that begins with 'c' must be in quotes.",
                "filter { if { } }            | 1 | 13 | Expected a condition, found '{'.",
                "filter { if [a] == 1 } {     | 1 | 22 | Expected '{' after the condition, found '}'.",
                "filter { if [a] == 1         | 1 | 21 | Expected '{' after the condition, found the end of the file.",
                "filter { if [a] =~ /x { }    | 1 | 20 | The regular expression has no end.",
                "filter { else { } }          | 1 | 10 | There is no 'if' before this 'else'.",
                "filter { if [a] {} else 5 }  | 1 | 25 | Expected '{', found '5'.",
                "input { \u00e4 { } }         | 1 |  9 | Expected the name of a plugin or '}', found '\u00e4'.",
                "input {\u00a0 }              | 1 |  8 | Expected the name of a plugin or '}', found the character U+00A0.",
            })
    void syntaxErrorIsNamedWithItsPlace(String text, int line, int column, String reason) {
        assertRefused(text, line, column, reason);
    }

    @Test
    void columnsCountCharacters() {
        assertRefused(
                "# \uD83D\uDE00\r\ninput { a { b => '\uD83D\uDE00' = } }",
                2,
                22,
                "Expected the name of a setting or '}', found '='.");
    }

    @Test
    void tooDeepNestingIsRefused() {
        assertThat(Pipelines.parse("input { a { b => " + nested(98) + " } }")).isEmpty();
        assertRefused(
                "input { a { b => " + nested(99) + " } }",
                1,
                116,
                "More than 100 brackets and braces are open here.");
        assertThatThrownBy(() -> Pipelines.parse("filter {" + "if [a] {".repeat(100_000)))
                .hasMessage("Line 1, column 808: More than 100 brackets and braces are open here.");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    /** In each, the setting is in line 3, in a websocket input that has a URL. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mode => server          | 3 |  9 | The setting 'mode' can only be client, not 'server'.",
                "enable_metric => yes    | 3 | 18 | The setting 'enable_metric' can only be true or false, not 'yes'.",
                "enable_metric => 1      | 3 | 18 | The setting 'enable_metric' can only be true or false, not '1'.",
                "type => [a, b]          | 3 |  9 | 'type' takes one value, not 2.",
                "type => []              | 3 |  9 | 'type' takes one value, not 0.",
                "type => { a => b }      | 3 |  9 | 'type' can't have a hash here.",
                "type => json { }        | 3 |  9 | 'type' can't have a block here.",
                "type => [[a]]           | 3 | 10 | 'type' can't have an array here.",
                "type => a^id => b^type => c | 5 | 1 | The setting 'type' has another value in line 3; it can have one only.",
                "url => 'ws://b/'        | 3 |  1 | The setting 'url' has another value in line 2; it can have one only.",
                "codec => json codec => plain | 3 | 15 | The setting 'codec' has another value in line 3; it can have one only.",
                "codec => xml            | 3 | 10 | There is no codec 'xml'; there are json, json_lines, line, msgpack, plain.",
                "codec => json { x => 1 } | 3 | 10 | The codec 'json' has no setting 'x'; it has charset, ecs_compatibility, target.",
                "codec => plain codec => json {} | 3 | 25 | 'codec' can't have a block here.",
                "codec => { json => 1 }  | 3 | 10 | 'codec' can't have a hash here.",
                "codec => json { target => [a, b] } | 3 | 27 | 'target' takes one value, not 2.",
                "codec => json { target => { } }    | 3 | 27 | 'target' can't have a hash here.",
                "codec => json { target => 1 target => 2 } | 3 | 29 | The setting 'target' has another value in line 3; it can have one only.",
                "tags => { a => b }      | 3 |  9 | 'tags' can't have a hash here.",
                "tags => [a, [b]]        | 3 | 13 | 'tags' can't have an array here.",
                "add_field => a          | 3 | 14 | The setting 'add_field' takes a hash, or an array of names and values in turn.",
                "add_field => [a, b, c]  | 3 | 14 | The setting 'add_field' takes a hash, or an array of names and values in turn.",
                "add_field => [[a], b]   | 3 | 15 | 'add_field' can't have an array here.",
                "add_field => [a, b, 'c${V:}', d] | 3 | 21 | There can't be variables in the name of a field.",
                "add_field => { a => 1 'a' => 1 } | 3 | 23 | The key 'a' is twice in the same hash.",
                "add_field => { a => [1, 2] }     | 3 | 21 | 'a' takes one value, not 2.",
                "add_field => { a => { b => c } } | 3 | 21 | 'a' can't have a hash here.",
                "add_field => [a, 1, a, 2] | 3 | 21 | 'a' is there already, with another value; the connector can add one value to a field.",
                "add_field => { a => 1 }^add_field => { b => 1 a => 2 } | 4 | 23 | 'a' is there already, with another value; the connector can add one value to a field.",
                "type => 'ab${NOPE}'     | 3 | 12 | The environment variable NOPE is not set and has no default.",
                "tags => [a, '${NOPE}']  | 3 | 14 | The environment variable NOPE is not set and has no default.",
                "codec => json { x => '${NOPE}' } | 3 | 23 | The environment variable NOPE is not set and has no default.",
                "type => ''              | 3 |  9 | The option 'type' has the value ''; it must not be empty.",
                "tags => [a, '']         | 3 |  9 | The option 'tags' has the value '[a, ]'; a tag must not be empty.",
                "add_field => { '' => 1 }| 3 | 14 | The option 'add-field' has the value ''; the name of a field must not be empty.",
                "id => ' '               | 3 |  7 | The option 'id' has the value ' '; it must not be blank or contain control characters.",
            })
    void wrongValueIsNamedWithItsPlace(String settings, int line, int column, String reason) {
        assertRefused(
                "input { websocket {\n" + Pipelines.URL + settings + "\n} }", line, column, reason);
    }

    @ParameterizedTest
    @CsvSource({"reconnect", "retry_initial", "retry_max", "headers", "URL", "addField", "host"})
    void unknownSettingIsRefusedWithTheKnownOnes(String name) {
        assertRefused(
                "input { websocket {\n" + Pipelines.URL + "  " + name + " => 1 } }",
                3,
                3,
                "The websocket input has no setting '"
                        + name
                        + "'; it has url, mode, codec, add_field, tags, type, id, enable_metric.");
    }

    @Test
    void allThatIsWrongWithSettingsIsSaidAtOnceInTheOrderOfTheFile() {
        LogstashSyntaxException errors =
                catchThrowableOfType(
                        LogstashSyntaxException.class,
                        () ->
                                Pipelines.parse(
                                        "input {\n"
                                                + "websocket {\n"
                                                + "  url => 'ftp://a/'\n"
                                                + "  mode => server\n"
                                                + "  id => ' '\n"
                                                + "  reconnect => 1\n"
                                                + "  tags => ['${A}', b, '${B}']\n"
                                                + "  add_field => { a => [] b => '${C}' }\n"
                                                + "  codec => json { x => 1 y => 2 charset => '${D}' }\n"
                                                + "  type => a type => b\n"
                                                + "}\n"
                                                + "websocket { host => 'b' }\n"
                                                + "}"));

        assertThat(errors.getAll())
                .extracting(error -> error.getLine() + ": " + error.getReason().split("[;.]")[0])
                .containsExactly(
                        "3: The option 'url' has the value 'ftp://a/'",
                        "4: The setting 'mode' can only be client, not 'server'",
                        "5: The option 'id' has the value ' '",
                        "6: The websocket input has no setting 'reconnect'",
                        "7: The environment variable A is not set and has no default",
                        "7: The environment variable B is not set and has no default",
                        "8: 'a' takes one value, not 0",
                        "8: The environment variable C is not set and has no default",
                        "9: The codec 'json' has no setting 'x'",
                        "9: The codec 'json' has no setting 'y'",
                        "9: The environment variable D is not set and has no default",
                        "10: The setting 'type' has another value in line 10",
                        "12: The setting 'url' is missing",
                        "12: The websocket input has no setting 'host'");
        assertThat(errors.getLine()).isEqualTo(3);
        assertThat(errors).hasMessageStartingWith("Line 3, column 10: The option 'url'");
        assertThat(errors.getMessage().lines()).hasSize(14);
    }

    @Test
    void urlIsRequired() {
        assertRefused(
                "input {\n  websocket { type => a }\n}", 2, 3, "The setting 'url' is missing.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://feed.example/ | its scheme must be 'ws' or 'wss'.",
                "wss://feed.example/a b | a URL must not contain blanks.",
                "'' | a URL must not be empty.",
            })
    void urlMustBeOneThatCanBeConnectedTo(String url, String allowed) {
        assertRefused(
                "input {\nwebsocket {\n  url => '" + url + "' } }",
                3,
                10,
                "The option 'url' has the value '" + url + "'; " + allowed);
    }

    @Test
    void wrongUrlIsShownWithoutItsSecrets() {
        assertThatThrownBy(
                        () ->
                                Pipelines.parse(
                                        "input { websocket { url => 'ftp://u:${P}@h/?k=s3cret2' } }",
                                        Map.of("P", "s3cret1")))
                .hasMessage(
                        "Line 1, column 28: The option 'url' has the value 'ftp://***@h/?***'; its"
                                + " scheme must be 'ws' or 'wss'.")
                .hasNoCause();
    }

    @Test
    void variableIsShownByItsNameOnly() {
        assertThatThrownBy(() -> Pipelines.input("enable_metric => '${P}'", Map.of("P", "s3cret")))
                .hasMessageContaining("not '${P}'.")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"if [a] { X }", "if [a] { } else { X }", "if [a] {} else if [b] { if [c] {X} }"})
    void websocketInputUnderAConditionIsRefused(String branches) {
        String input = "websocket { url => 'ws://a/' }";
        String text = "input { " + branches.replace("X", input) + " }";
        assertRefused(
                text,
                1,
                1 + text.indexOf(input),
                "A websocket input can't depend on a condition, as there is no event yet that it"
                        + " could ask; take it out of the 'if'.");
    }

    private static void assertRefused(String text, int line, int column, String reason) {
        LogstashSyntaxException e =
                catchThrowableOfType(
                        LogstashSyntaxException.class,
                        () -> Pipelines.parse(text.replace('^', '\n')));
        assertThat(e).isNotNull();
        assertThat(e.getLine() + ":" + e.getColumn() + ": " + e.getReason())
                .isEqualTo(line + ":" + column + ": " + reason);
        assertThat(e)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Line " + line + ", column " + column + ": " + reason);
    }
}

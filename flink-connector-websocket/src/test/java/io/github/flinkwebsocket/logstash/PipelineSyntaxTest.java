package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The syntax of pipeline files. */
class PipelineSyntaxTest {

    private static final String A = "websocket { url => 'ws://a/' }";
    private static final String B = "websocket { url => 'ws://b/' }";

    @Test
    void emptyFileHasNoInputs() {
        assertThat(urls("")).isEmpty();
        assertThat(urls(" \r\n# nothing")).isEmpty();
        assertThat(urls("input {} filter {} output {}")).isEmpty();
    }

    @Test
    void inputsOfAllBlocksAreRead() {
        assertThat(urls("input { " + A + B + " } input{" + A + "}"))
                .containsExactly("ws://a/", "ws://b/", "ws://a/");
    }

    @Test
    void inputKnowsItsLine() {
        List<LogstashInput> inputs = Pipelines.parse("input {\n" + A + "\r\n\n" + B + "\n}");
        assertThat(inputs).extracting(LogstashInput::line).containsExactly(2, 4);
        assertThat(inputs.get(1)).hasToString("websocket input of line 4");
    }

    @Test
    void byteOrderMarkIsIgnored() {
        assertThat(urls("\uFEFFinput { " + A + " }")).containsExactly("ws://a/");
    }

    @Test
    void commentsGoToTheEndOfTheLine() {
        String commented =
                "# input { "
                        + B
                        + " }\n"
                        + "input { # } it's\n"
                        + "websocket # {\n"
                        + "{ url # \"\r\n"
                        + "=> # '\n"
                        + "'ws://a/'# no blank before\n"
                        + "# add_field => [\n"
                        + "} } # the end without a line end";
        assertThat(urls(commented)).containsExactly("ws://a/");
    }

    @Test
    void hashSignInStringBeginsNoComment() {
        assertThat(tags("['a#b', \"#c\"]")).containsExactly("a#b", "#c");
    }

    @Test
    void stringsMayHaveSingleOrDoubleQuotes() {
        assertThat(tags("[\"it's\", 'say \"x\"']")).containsExactly("it's", "say \"x\"");
    }

    @Test
    void stringsMayHaveLineEndsAndAnyCharacter() {
        assertThat(tags("['a\n\tb', '\u00e4\uD83D\uDE00']"))
                .containsExactly("a\n\tb", "\u00e4\uD83D\uDE00");
    }

    @Test
    void backslashOnlyKeepsTheQuoteBehindItAndStays() {
        assertThat(tags("[\"a\\\"b\", 'c\\'d', \"e\\n\\\\f\", 'g\\\"h']"))
                .containsExactly("a\\\"b", "c\\'d", "e\\n\\\\f", "g\\\"h");
    }

    @ParameterizedTest
    @CsvSource({"word", "_w0rd", "x", "12", "-12", "1.50", "-0.5", "3.", "true", "false"})
    void barewordsAndNumbersNeedNoQuotes(String value) {
        assertThat(Pipelines.options("type => " + value).get(WebSocketOptions.TYPE))
                .isEqualTo(value);
        assertThat(tags("[" + value + "," + value + "]")).containsExactly(value, value);
    }

    @Test
    void arraysHaveCommas() {
        assertThat(tags("[]")).isEmpty();
        assertThat(tags("[a]")).containsExactly("a");
        assertThat(tags("[a,'b' , \"c\"\n,\n1 # one\n]")).containsExactly("a", "b", "c", "1");
    }

    @Test
    void hashesHaveBlanksOrLineEndsBetweenEntries() {
        assertThat(fields("{ \"a\" => \"b\" 'c' => 1\nd=>true 5 => '' # x\n e =>\nf }"))
                .containsExactly(
                        Map.entry("a", "b"),
                        Map.entry("c", "1"),
                        Map.entry("d", "true"),
                        Map.entry("5", ""),
                        Map.entry("e", "f"));
        assertThat(fields("{}")).isEmpty();
    }

    @Test
    void namesOfSettingsAndPluginsMayHaveQuotes() {
        assertThat(urls("input { \"websocket\" { 'url' => 'ws://a/' \"type\" => x } }"))
                .containsExactly("ws://a/");
    }

    @Test
    void noBlanksAreNeededWhereSignsAre() {
        assertThat(urls("input{websocket{url=>'ws://a/'tags=>[a]type=>b}}"))
                .containsExactly("ws://a/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "beats { port => 5044 }",
                "stdin {}",
                "file { path => ['/var/*.log', '/x'] codec => multiline { pattern => '^\\s' negate => false } }",
                "http { codec => plain{format=>'websocket { }'} headers => { 'a' => { b => [1, { c => 'd' }] } } }",
                "some-input_2 { x => codec-name { y => [ json { } ] } }",
                "exec { command => \"echo '}' # {\" interval => 30 }",
                "stdin { a => '${NOT_SET}' a => 1 a => { b => 1 b => 2 } }",
            })
    void otherInputsAreIgnored(String other) {
        assertThat(urls("input { " + other + A + " " + other + " }")).containsExactly("ws://a/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a] == \"b\"",
                "[a][b] != 'it}s{'",
                "[it's] and \"x\" in [tags]",
                "\"x\" not in [\"a\", \"b}\"] or !([c] > 5 and [d] <= -1.5)",
                "[m] =~ /^\\d{3}\\/[{}\"']+#$/",
                "[m] !~ \"a{2}\" # comment {\n nand ! [x]",
                "(2 > 1) xor ([a] < [b])",
                "defined([a])",
            })
    void conditionsAreIgnoredWhateverTheyAsk(String condition) {
        String filter = "mutate { add_tag => ['{'] }";
        String branches =
                String.format(
                        "if %1$s { %2$s } else if %1$s { %2$s if %1$s { } } elseif %1$s { } else { %2$s }"
                                + " %2$s if[a]{%2$s}",
                        condition, filter);
        assertThat(
                        urls(
                                "filter { "
                                        + branches
                                        + " } input { "
                                        + A
                                        + " } output { "
                                        + branches
                                        + " }"))
                .containsExactly("ws://a/");
    }

    @Test
    void otherInputsMayDependOnConditions() {
        assertThat(urls("input { if [a] { stdin {} } else { beats {} } " + A + " }"))
                .containsExactly("ws://a/");
    }

    @Test
    void websocketOutsideOfInputIsAnotherPlugin() {
        assertThat(urls("output { websocket { host => '0.0.0.0' } if [a] { websocket {} } }"))
                .isEmpty();
    }

    private static List<String> urls(String text) {
        return Pipelines.parse(text).stream()
                .map(input -> input.options().get(WebSocketOptions.URL).get(0))
                .collect(Collectors.toList());
    }

    private static List<String> tags(String array) {
        return Pipelines.options("tags => " + array).get(WebSocketOptions.TAGS);
    }

    private static List<Map.Entry<String, String>> fields(String hash) {
        return new ArrayList<>(
                Pipelines.options("add_field => " + hash)
                        .get(WebSocketOptions.ADD_FIELD)
                        .entrySet());
    }
}

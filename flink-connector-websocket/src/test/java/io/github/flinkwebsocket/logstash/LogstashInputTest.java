package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static io.github.flinkwebsocket.logstash.Pipelines.input;
import static io.github.flinkwebsocket.logstash.Pipelines.options;
import static org.assertj.core.api.Assertions.assertThat;

/** What each setting of the {@code websocket} input becomes. */
class LogstashInputTest {

    @Test
    void urlAloneIsEnough() {
        LogstashInput input = input("");

        Configuration expected = new Configuration();
        expected.set(WebSocketOptions.URL, List.of("wss://feed.example/"));
        expected.set(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT);
        assertThat(input.options().toMap()).isEqualTo(expected.toMap());
        assertThat(input.codec()).isEqualTo("json");
        assertThat(input.codecSettings()).isEmpty();
    }

    @Test
    void urlIsOneWhateverItContains() {
        String url = "wss://feed.example/a;b?c=d;e,f";
        LogstashInput input =
                Pipelines.parseOne("input { websocket { url => '" + url + "' } }", Map.of());

        assertThat(feed(input).endpoints()).hasSize(1);
        assertThat(feed(input).endpoints().get(0).uri(0, null)).hasToString(url);
    }

    @Test
    void badMessagesAreEmitted() {
        assertThat(feed(input("")).errorPolicy()).isEqualTo(ErrorPolicy.EMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "'client'", "[client]"})
    void modeIsClientAndSaysNothing(String mode) {
        assertThat(options("mode => " + mode).toMap()).isEqualTo(options("").toMap());
    }

    @Test
    void codecIsNamedByBarewordOrString() {
        assertThat(input("codec => plain").codec()).isEqualTo("plain");
        assertThat(input("codec => 'line'").codec()).isEqualTo("line");
        assertThat(input("codec => [\"msgpack\"]").codec()).isEqualTo("msgpack");
        assertThat(input("codec => plain").codecSettings()).isEmpty();
    }

    @Test
    void codecMayHaveSettingsInABlock() {
        LogstashInput input =
                input(
                        "codec => line { delimiter=>\"\n\" charset => 'UTF-8' format => 5 ecs_compatibility => disabled }");

        assertThat(input.codec()).isEqualTo("line");
        assertThat(input.codecSettings())
                .containsExactly(
                        Map.entry("delimiter", "\n"),
                        Map.entry("charset", "UTF-8"),
                        Map.entry("format", "5"),
                        Map.entry("ecs_compatibility", "disabled"));
        assertThat(input("codec => json {}").codecSettings()).isEmpty();
        assertThat(input("codec => \"json\" { target => x }").codecSettings())
                .containsEntry("target", "x");
    }

    @Test
    void addFieldIsAHashInItsOrder() {
        String hash = "add_field => { z => 'b %{c}' '[y][x]' => 1 'a' => [\"only\"] }";

        assertThat(feed(input(hash)).enrichment().fields())
                .containsExactly(
                        Map.entry("z", "b %{c}"), Map.entry("[y][x]", "1"), Map.entry("a", "only"));
    }

    @Test
    void addFieldMayBeAnArrayOfNamesAndValues() {
        assertThat(feed(input("add_field => [\"a\", \"b\", c, 1]")).enrichment().fields())
                .containsExactly(Map.entry("a", "b"), Map.entry("c", "1"));
    }

    @Test
    void addFieldGivenAgainAddsMore() {
        String settings =
                "add_field => { a => 1 } type => x add_field => ['c', 'd'] add_field => { a => 1 e => 2 }";

        assertThat(feed(input(settings)).enrichment().fields())
                .containsExactly(Map.entry("a", "1"), Map.entry("c", "d"), Map.entry("e", "2"));
    }

    @Test
    void tagsAreAnArrayOrOneString() {
        assertThat(feed(input("tags => ['a', b, 'a']")).enrichment().tags())
                .containsExactly("a", "b");
        assertThat(feed(input("tags => single")).enrichment().tags()).containsExactly("single");
    }

    @Test
    void tagsGivenAgainAddMore() {
        assertThat(options("tags => [b] tags => a tags => [c, 'a']").get(WebSocketOptions.TAGS))
                .containsExactly("b", "a", "c", "a");
    }

    @Test
    void typeIsTheType() {
        assertThat(feed(input("type => 'trades'")).enrichment().type()).isEqualTo("trades");
        assertThat(feed(input("type => [trades]")).enrichment().type()).isEqualTo("trades");
    }

    @Test
    void idNamesTheFeed() {
        assertThat(feed(input("id => \"my feed\"")).id()).isEqualTo("my feed");
    }

    @Test
    void enableMetricSwitchesTheMetrics() {
        assertThat(feed(input("")).metricsEnabled()).isTrue();
        assertThat(feed(input("enable_metric => true")).metricsEnabled()).isTrue();
        assertThat(feed(input("enable_metric => false")).metricsEnabled()).isFalse();
        assertThat(feed(input("enable_metric => 'false'")).metricsEnabled()).isFalse();
    }

    @Test
    void singleValueMayBeGivenAgainIfItIsTheSame() {
        assertThat(options("type => x type => 'x' codec => json codec => json").toMap())
                .isEqualTo(options("type => x").toMap());
    }

    @Test
    void variablesAreReplacedInAnyValue() {
        Map<String, String> environment =
                Map.of(
                        "A", "1", "B_2.c", "two", "EMPTY", "", "NESTED", "${A}", "FLAG", "false",
                        "CODEC", "plain");
        String settings =
                "type => '${A}-${B_2.c}${EMPTY}' tags => ['${NESTED}', \"x${A}\"]"
                        + " add_field => { k => '${B_2.c}' } id => 'a${A}' enable_metric => '${FLAG}'"
                        + " codec => json { target => '${A}' }";
        LogstashInput input = input(settings, environment);

        assertThat(feed(input).enrichment().type()).isEqualTo("1-two");
        assertThat(feed(input).enrichment().tags()).containsExactly("${A}", "x1");
        assertThat(feed(input).enrichment().fields()).containsEntry("k", "two");
        assertThat(feed(input).id()).isEqualTo("a1");
        assertThat(feed(input).metricsEnabled()).isFalse();
        assertThat(input.codecSettings()).containsEntry("target", "1");
        assertThat(input("codec => '${CODEC}'", environment).codec()).isEqualTo("plain");
    }

    @Test
    void variablesMayHaveADefault() {
        Map<String, String> environment = Map.of("A", "1", "EMPTY", "");

        assertThat(
                        input(
                                        "tags => ['${A:x}', '${B:y z}', 'c${B:}', 'd${EMPTY:z}']",
                                        environment)
                                .options()
                                .get(WebSocketOptions.TAGS))
                .containsExactly("1", "y z", "c", "d");
    }

    @Test
    void keysAndMalformedVariablesStayAsTheyAre() {
        Map<String, String> environment = Map.of("A", "1", "1A", "x");
        LogstashInput input = input("add_field => { '${A}' => '$A ${} ${1A} ${A' }", environment);

        assertThat(feed(input).enrichment().fields())
                .containsExactly(Map.entry("${A}", "$A ${} ${1A} ${A"));
    }

    @Test
    void withoutAnEnvironmentThatOfTheProcessIsUsed() {
        Map.Entry<String, String> variable =
                System.getenv().entrySet().stream()
                        .filter(v -> v.getKey().matches("[A-Z]+"))
                        .filter(v -> !v.getValue().isEmpty())
                        .findFirst()
                        .orElseThrow();
        LogstashInput input =
                LogstashInput.parse(
                                "input { websocket { url => 'ws://a/' add_field => { v => '${"
                                        + variable.getKey()
                                        + "}' } } }")
                        .get(0);

        assertThat(input.options().get(WebSocketOptions.ADD_FIELD))
                .containsEntry("v", variable.getValue());
    }

    @Test
    void optionsAreACopy() {
        LogstashInput input = input("");
        input.options().set(WebSocketOptions.TYPE, "x");

        assertThat(input.options().getOptional(WebSocketOptions.TYPE)).isEmpty();
    }

    private static Feed feed(LogstashInput input) {
        return Feed.of(input.options());
    }
}

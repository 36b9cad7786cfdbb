package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.source.WebSocketSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.github.flinkwebsocket.logstash.Pipelines.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Java code of an input. */
class GeneratedJavaTest {

    private static final String EVERY_SETTING =
            "mode => client"
                    + " add_field => { 'z' => 'say \"%{x}\"' '[a][b]' => 'C:\\dir\n\u00e4' }"
                    + " tags => ['x', \"y\"] type => 't' id => 'my feed' enable_metric => false";

    @TempDir Path folder;

    @Test
    void urlAloneGivesTheShortestCode() {
        assertThat(input("").toJava())
                .isEqualTo(
                        "WebSocketSource<WebSocketEvent> source =\n"
                                + "        WebSocketSource.<WebSocketEvent>builder()\n"
                                + "                .setUrls(\"wss://feed.example/\")\n"
                                + "                .setDeserializer(WebSocketEventSchema.json())\n"
                                + "                .setOption(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT)\n"
                                + "                .build();\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://h/        | \"wss://h/\"",
                "http://h/         | \"ws://h/\"",
                "HTTP://h/http://  | \"ws://h/http://\"",
                "https://${H:x}/   | \"wss://\" + System.getenv().getOrDefault(\"H\", \"x\") + \"/\"",
                "${U}              | (Objects.requireNonNull(System.getenv(\"U\"), \"U\"))"
                        + ".replaceFirst(\"(?i)^http\", \"ws\")",
            })
    void urlOfTheWebIsThatOfAWebSocket(String url, String expression) {
        LogstashInput input =
                Pipelines.parseOne(
                        "input { websocket { url => '" + url + "' } }", Map.of("U", "https://u/"));

        assertThat(input.toJava()).contains(".setUrls(" + expression + ")\n");
        assertThat(input.options().get(WebSocketOptions.URL).get(0)).matches("wss?://[hxu]/.*");
    }

    @Test
    void everySettingIsThere() {
        assertThat(input(EVERY_SETTING + " codec => json { target => 'doc' }").toJava())
                .isEqualTo(
                        "WebSocketSource<WebSocketEvent> source =\n"
                                + "        WebSocketSource.<WebSocketEvent>builder()\n"
                                + "                .setUrls(\"wss://feed.example/\")\n"
                                + "                .setDeserializer(WebSocketEventSchema.of("
                                + "EventCodec.named(\"json\", Map.of(\"target\", \"doc\"))))\n"
                                + "                .setOption(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT)\n"
                                + "                .addField(\"z\", \"say \\\"%{x}\\\"\")\n"
                                + "                .addField(\"[a][b]\", \"C:\\\\dir\\n\\u00e4\")\n"
                                + "                .addTags(\"x\", \"y\")\n"
                                + "                .setType(\"t\")\n"
                                + "                .setId(\"my feed\")\n"
                                + "                .enableMetric(false)\n"
                                + "                .build();\n");
    }

    @Test
    void itBuildsTheSourceThatTheOptionsDescribe() throws Exception {
        LogstashInput input = input(EVERY_SETTING);
        Feed built = run(input);
        Feed expected = Feed.of(input.options());

        assertThat(built).usingRecursiveComparison().isEqualTo(expected);
        assertThat(built.enrichment().fields())
                .containsExactlyEntriesOf(expected.enrichment().fields());
    }

    @Test
    void itReadsVariablesItself() throws Exception {
        Map<String, String> environment = Map.of("PATH", "s3cret", "FLAG", "true");
        LogstashInput input =
                input(
                        "type => '${PATH}' tags => ['a${NO_SUCH_VARIABLE:b \"c\"}d']"
                                + " enable_metric => '${FLAG:false}' codec => '${NO_CODEC:json}'",
                        environment);

        assertThat(input.toJava())
                .contains(".setType(Objects.requireNonNull(System.getenv(\"PATH\"), \"PATH\"))")
                .contains(
                        ".addTags(\"a\" + System.getenv().getOrDefault(\"NO_SUCH_VARIABLE\","
                                + " \"b \\\"c\\\"\") + \"d\")")
                .contains(
                        ".enableMetric(Boolean.parseBoolean("
                                + "System.getenv().getOrDefault(\"FLAG\", \"false\")))")
                .doesNotContain("s3cret");
        Feed built = run(input);
        assertThat(built.enrichment().type()).isEqualTo(System.getenv("PATH"));
        assertThat(built.enrichment().tags()).containsExactly("ab \"c\"d");
        assertThat(built.metricsEnabled()).isFalse();
    }

    @Test
    void variableThatIsMissingWhereItRunsIsNamed() {
        LogstashInput input =
                input("id => 'x${NO_SUCH_VARIABLE}'", Map.of("NO_SUCH_VARIABLE", "y"));

        assertThatThrownBy(() -> run(input))
                .hasRootCauseInstanceOf(NullPointerException.class)
                .hasRootCauseMessage("NO_SUCH_VARIABLE");
    }

    @Test
    void severalInputsGetVariablesOfTheirOwn() throws Exception {
        List<String> statements =
                Pipelines.parse(
                                "input { websocket { url => 'ws://a/' } websocket { url => 'ws://b/'"
                                        + " codec => plain } }")
                        .stream()
                        .map(LogstashInput::toJava)
                        .collect(Collectors.toList());
        String sum = "String result = source + \" \" + source2;\n";
        try (CompiledCode code =
                compile("two", JavaWriter.imports(statements), String.join("", statements) + sum)) {
            assertThat(code.run().toString()).contains("ws://a/").contains("ws://b/");
        }
    }

    @Test
    void anyTextIsALiteralThatMeansTheSame() throws Exception {
        StringBuilder text = new StringBuilder("\\u0041 \\\\u0041 */ //");
        IntStream.range(0, 0x500).forEach(c -> text.append((char) c));
        text.append("\u2028\uD83D\uDE00\uFEFF\uFFFF\uD800");
        String statement = "String result = " + JavaLiteral.of(text.toString()) + ";\n";
        try (CompiledCode code = compile("literal", "", statement)) {
            assertThat(code.run()).isEqualTo(text.toString());
        }
    }

    private Feed run(LogstashInput input) throws Exception {
        String statement = input.toJava();
        try (CompiledCode code =
                compile(
                        "run",
                        JavaWriter.imports(List.of(statement)),
                        statement + "Object result = source;\n")) {
            Method feed = WebSocketSource.class.getDeclaredMethod("feed");
            feed.setAccessible(true);
            return (Feed) feed.invoke(code.run());
        }
    }

    private CompiledCode compile(String name, String imports, String statements) throws Exception {
        Path own = folder.resolve(name);
        assertThat(own.toFile().mkdir()).isTrue();
        return new CompiledCode(own, imports, statements);
    }
}

package io.github.flinkwebsocket.logstash;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The command line of {@code ./from-logstash}. */
class LogstashCommandTest {

    private static final String TWO_INPUTS =
            "input {\n  websocket { url => 'ws://a/' }\n  stdin {}\n"
                    + "  websocket { url => 'ws://b/?k=${K}' codec => plain }\n}\n";

    @TempDir Path folder;
    private Path file;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("pipeline.conf");
    }

    @Test
    void printsImportsAndTheCodeOfEachInput() throws IOException {
        assertThat(runWithFile(TWO_INPUTS)).isEqualTo(LogstashCommand.OK);

        assertThat(out())
                .isEqualTo(
                        "import io.github.flinkwebsocket.feed.ErrorPolicy;\n"
                                + "import io.github.flinkwebsocket.feed.WebSocketOptions;\n"
                                + "import io.github.flinkwebsocket.message.event.EventCodec;\n"
                                + "import io.github.flinkwebsocket.message.event.WebSocketEvent;\n"
                                + "import io.github.flinkwebsocket.message.event.WebSocketEventSchema;\n"
                                + "import io.github.flinkwebsocket.source.WebSocketSource;\n"
                                + "import java.util.Map;\n"
                                + "import java.util.Objects;\n"
                                + "\n"
                                + "// The websocket input of line 2.\n"
                                + "WebSocketSource<WebSocketEvent> source =\n"
                                + "        WebSocketSource.<WebSocketEvent>builder()\n"
                                + "                .setUrls(\"ws://a/\")\n"
                                + "                .setDeserializer(WebSocketEventSchema.json())\n"
                                + "                .setOption(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT)\n"
                                + "                .build();\n"
                                + "\n"
                                + "// The websocket input of line 4.\n"
                                + "WebSocketSource<WebSocketEvent> source2 =\n"
                                + "        WebSocketSource.<WebSocketEvent>builder()\n"
                                + "                .setUrls(\"ws://b/?k=\" + Objects.requireNonNull("
                                + "System.getenv(\"K\"), \"K\"))\n"
                                + "                .setDeserializer(WebSocketEventSchema.of("
                                + "EventCodec.named(\"plain\", Map.of())))\n"
                                + "                .setOption(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT)\n"
                                + "                .build();\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void importsOnlyWhatTheCodeNeeds() throws IOException {
        runWithFile("input { websocket { url => 'ws://a/' } }");

        assertThat(out()).doesNotContain("import java.util.").doesNotContain("EventCodec;");
    }

    @Test
    void dashReadsTheStandardInput() {
        assertThat(run(TWO_INPUTS, "-")).isEqualTo(LogstashCommand.OK);
        assertThat(out()).contains("source2 =");
        assertThat(run("input {", "-")).isEqualTo(LogstashCommand.FAILED);
        assertThat(err()).startsWith("stdin:1:8: Expected ");
    }

    @Test
    void errorIsShownWithFileLineAndColumn() throws IOException {
        int code = runWithFile("input {\n  websocket { url => 'ws://a/'\n    reconnect => 1 } }");

        assertThat(code).isEqualTo(LogstashCommand.FAILED);
        assertThat(err())
                .isEqualTo(
                        file
                                + ":3:5: The websocket input has no setting 'reconnect'; it has url, mode,"
                                + " codec, add_field, tags, type, id, enable_metric.\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void eachErrorHasALine() throws IOException {
        assertThat(runWithFile("input {\n websocket { type => '' } websocket { a => 1\n} }"))
                .isEqualTo(LogstashCommand.FAILED);
        assertThat(err().lines().map(line -> line.replaceAll("[;.]? .*", "")))
                .containsExactly(file + ":2:2:", file + ":2:22:", file + ":2:27:", file + ":2:39:");
    }

    @Test
    void errorInALaterInputPrintsNoCode() throws IOException {
        assertThat(runWithFile(TWO_INPUTS.replace("plain", "5 5")))
                .isEqualTo(LogstashCommand.FAILED);
        assertThat(out()).isEmpty();
    }

    @Test
    void fileWithoutAnInputIsAnError() throws IOException {
        assertThat(runWithFile("input { stdin {} }")).isEqualTo(LogstashCommand.FAILED);
        assertThat(err()).isEqualTo(file + ": There is no websocket input.\n");
    }

    @Test
    void fileThatCantBeReadIsNamed() throws IOException {
        assertThat(run("", file.toString())).isEqualTo(LogstashCommand.FAILED);
        assertThat(err()).isEqualTo(file + ": There is no such file.\n");

        err.reset();
        assertThat(run("", folder.toString())).isEqualTo(LogstashCommand.FAILED);
        assertThat(err()).startsWith(folder + ": The file can't be read: ");

        err.reset();
        Files.write(file, new byte[] {'#', (byte) 0xe4, '\n'});
        assertThat(run("", file.toString())).isEqualTo(LogstashCommand.FAILED);
        assertThat(err()).isEqualTo(file + ": The file is not UTF-8.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpShowsTheUsage(String option) {
        assertThat(run("", option)).isEqualTo(LogstashCommand.OK);
        assertThat(out()).startsWith("Usage: from-logstash <pipeline file>\n");
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "a b", "--helpp", "-x", "-- a"})
    void wrongUsageShowsTheUsage(String line) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(run("", args)).isEqualTo(LogstashCommand.WRONG_USAGE);
        assertThat(err()).startsWith("Usage: from-logstash <pipeline file>\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void exampleInTheDocsIsWhatItPrints() throws IOException {
        Path page = Path.of("..", "docs", "migrating-from-logstash.md");
        String[] blocks = Files.readString(page).split("```[a-z]*\n");
        String pipeline = blocks[3];
        String java = blocks[5];

        assertThat(run(pipeline, "-")).as(err()).isEqualTo(LogstashCommand.OK);
        assertThat(out()).isEqualTo(java);
    }

    private int runWithFile(String text) throws IOException {
        Files.writeString(file, text);
        return run("", file.toString());
    }

    private int run(String in, String... args) {
        return new LogstashCommand(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of("K", "s3cret", "FEED_TOKEN", "s3cret")::get)
                .run(args);
    }

    private String out() {
        return normalized(out);
    }

    private String err() {
        return normalized(err);
    }

    private static String normalized(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}

package io.github.flinkwebsocket.examples;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Jobs that files and command lines describe, from the server to what they write. */
@Timeout(120)
class FeedJobITCase {

    private static final List<Tick> TICKS = List.of(tick(1), tick(2), tick(3));
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"symbols\":[\"A\"]}";

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private PrintStream systemOut;
    private MarketDataServer server;

    @BeforeEach
    void start() throws IOException {
        systemOut = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        server = new MarketDataServer(TICKS.iterator(), Duration.ofMillis(1));
    }

    @AfterEach
    void stop() throws InterruptedException {
        System.setOut(systemOut);
        server.close();
    }

    @Test
    void printsRecordsAsTheyCome() throws Exception {
        run();

        assertThat(printed())
                .containsExactly(
                        TICKS.get(0).toJson(), TICKS.get(1).toJson(), TICKS.get(2).toJson());
    }

    @Test
    void printsEventsWhereSomethingIsAddedToThem() throws Exception {
        run("--print", "--type", "trade", "--add-field.from", "%{[@metadata][host]}");

        assertThat(printed())
                .hasSize(3)
                .allMatch(line -> line.contains("\"symbol\":\"A\""))
                .allMatch(line -> line.contains("\"type\":\"trade\""))
                .allMatch(line -> line.contains("\"from\":\"127.0.0.1\""));
    }

    @Test
    void readsItsFeedFromAFile() throws Exception {
        Path file = folder.resolve("feed.yaml");
        Files.write(
                file,
                List.of(
                        "url: " + server.url(),
                        "open-messages: ['" + SUBSCRIBE + "']",
                        "bounded:",
                        "  close-codes: [1000]"));
        FeedJob.main(new String[] {"--config", file.toString(), "--bounded.messages", "2"});

        assertThat(printed()).containsExactly(TICKS.get(0).toJson(), TICKS.get(1).toJson());
    }

    @Test
    void writesFilesOfJson() throws Exception {
        Path target = folder.resolve("out");
        run("--json-files", target.toString(), "--message.event-time", "/time");

        assertThat(files(target)).allMatch(file -> file.toString().endsWith(".jsonl"));
        assertThat(lines(target))
                .hasSize(3)
                .allMatch(line -> line.matches("\\{.*\"@timestamp\":\"1970-.*}"))
                .anyMatch(line -> line.contains("\"price\":\"3\""));
    }

    @Test
    void runsFilesOfSql() throws Exception {
        Path file =
                sql(
                        "SET 'parallelism.default' = '1';",
                        "SELECT symbol, price FROM ticks WHERE price > 1;");
        FeedJob.main(new String[] {"--sql", file.toString()});

        assertThat(text()).contains("symbol", "price", "2 rows in set");
    }

    @Test
    void allInsertsOfAFileAreOneJob() throws Exception {
        Path file =
                sql(
                        "CREATE TABLE cheap " + files("cheap"),
                        "CREATE TABLE dear " + files("dear"),
                        "BEGIN STATEMENT SET;",
                        "INSERT INTO cheap SELECT symbol, price FROM ticks WHERE price < 2;",
                        "INSERT INTO dear SELECT symbol, price FROM ticks WHERE price >= 2;",
                        "END;");
        FeedArguments.parse(Map.of(), "--sql", file.toString())
                .script()
                .run(StreamExecutionEnvironment.createLocalEnvironment(1))
                .orElseThrow()
                .await();

        assertThat(lines(folder.resolve("cheap"))).hasSize(1);
        assertThat(lines(folder.resolve("dear"))).hasSize(2);
    }

    @Test
    void anErrorOfSqlShowsNoValueOfAVariable() throws Exception {
        Path file = folder.resolve("a.sql");
        Files.write(
                file,
                List.of(
                        "CREATE TABLE t (a INT) WITH ('connector' = 'websocket', 'format' = 'json',",
                        "'speed' = '9', 'url' = 'ws://h/?token=${TOKEN}');",
                        "SELECT * FROM t"));
        SqlScript script =
                FeedArguments.parse(Map.of("TOKEN", "it's3cret"), "--sql", file.toString())
                        .script();

        assertThatThrownBy(() -> script.run(StreamExecutionEnvironment.createLocalEnvironment(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speed")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void explainsItself() throws Exception {
        FeedJob.main(new String[] {"--help"});

        assertThat(text()).contains("--config", "--json-files", "--sql", "--url");
    }

    private void run(String... more) throws Exception {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--url",
                                server.url(),
                                "--open-message",
                                SUBSCRIBE,
                                "--bounded.close-codes",
                                "1000"));
        args.addAll(List.of(more));
        FeedJob.main(args.toArray(new String[0]));
    }

    /** A file with a table of the server's ticks, and these statements. */
    private Path sql(String... statements) throws IOException {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "CREATE TABLE ticks (symbol STRING, price DECIMAL(9, 2)) WITH (",
                                "'connector' = 'websocket', 'url' = '" + server.url() + "',",
                                "'open-messages' = '" + SUBSCRIBE + "',",
                                "'bounded.close-codes' = '1000', 'format' = 'json');"));
        lines.addAll(List.of(statements));
        return Files.write(folder.resolve("job.sql"), lines);
    }

    private String files(String name) {
        return String.format(
                "(symbol STRING, price DECIMAL(9, 2)) WITH ('connector' = 'filesystem',"
                        + " 'path' = '%s', 'format' = 'json');",
                folder.resolve(name).toUri());
    }

    private List<String> printed() {
        return text().lines()
                .map(line -> line.replaceFirst("^[0-9]+> ", ""))
                .collect(Collectors.toList());
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).collect(Collectors.toList());
        }
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(folder)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private static Tick tick(int price) {
        return new Tick("A", BigDecimal.valueOf(price), BigDecimal.ONE, price);
    }
}

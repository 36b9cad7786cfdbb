package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody sees who runs the demo. */
@Timeout(120)
class DemoITCase {

    private static final Pattern SUMMARY =
            Pattern.compile("demo: ([0-9]+) records?, ([0-9]+) reconnects?, ([0-9]+) dropped");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theScriptShowsBarsOfEveryTickAndReconnectsAndEndsByItself() throws Exception {
        Process script =
                new ProcessBuilder("../demo", "--seconds", "5").redirectErrorStream(true).start();
        List<String> lines =
                new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .collect(Collectors.toList());
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(script.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(lines)
                .anyMatch(line -> line.matches("Flink web UI +http://localhost:[0-9]+"))
                .contains(Bar.header())
                .anyMatch(
                        line -> line.endsWith("connection lost (close code 1001): reconnect 1 --"));
        Matcher summary = SUMMARY.matcher(lines.get(lines.size() - 1));
        assertThat(summary.matches()).isTrue();
        assertThat(Long.parseLong(summary.group(1))).isPositive().isEqualTo(ticks(lines));
        assertThat(summary.group(2)).isEqualTo("1");
        assertThat(summary.group(3)).isEqualTo("0");
        assertThat(Files.readString(Path.of("target/demo.log")))
                .contains("the server closed it with code 1001")
                .doesNotContain("ClassCastException", "DelegationToken", "CollectResultFetcher");
        assertThat(lines).allMatch(line -> line.length() <= 80);
    }

    /** The sum of the last column. */
    private static long ticks(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("[0-9:]{8}  [A-Z]{3}-USD .*"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void showsTheRecordsOfAnyFeed() throws Exception {
        Tick tick = new Tick("A", BigDecimal.ONE, BigDecimal.ONE, 1);
        try (MarketDataServer server =
                new MarketDataServer(
                        Collections.nCopies(1_000_000, tick).iterator(), Duration.ofMillis(10))) {
            int code =
                    run(
                            "--url",
                            server.url(),
                            "--open-message",
                            "{\"op\":\"subscribe\",\"symbols\":[\"A\"]}",
                            "--seconds",
                            "1");

            assertThat(code).as(text(err)).isZero();
            List<String> lines = text(out).lines().collect(Collectors.toList());
            long records = lines.stream().filter(tick.toJson()::equals).count();
            assertThat(records).isPositive();
            assertThat(lines)
                    .last()
                    .isEqualTo("demo: " + records + " records, 0 reconnects, 0 dropped");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void readsAFeedOfAFileAndShowsNoVariableOfTheEnvironment(@TempDir Path folder)
            throws Exception {
        Path file =
                Files.write(
                        folder.resolve("feed.properties"),
                        List.of(
                                "url=${FEED_URL}?token=${TOKEN}",
                                "open-messages={\"op\":\"subscribe\",\"symbols\":[\"A\"],"
                                        + "\"key\":\"${TOKEN}\"}",
                                "http-headers.X-Key=${TOKEN}",
                                "bounded.messages=3"));
        Tick tick = new Tick("A", BigDecimal.ONE, BigDecimal.ONE, 1);
        try (MarketDataServer server =
                new MarketDataServer(
                        Collections.nCopies(1_000, tick).iterator(), Duration.ofMillis(10))) {
            ProcessBuilder builder =
                    new ProcessBuilder("../demo", "feed", "--config", file.toString())
                            .redirectErrorStream(true);
            builder.environment().put("FEED_URL", server.url());
            builder.environment().put("TOKEN", "s3cret");
            Process script = builder.start();
            String text =
                    new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(script.waitFor()).as(text).isZero();
            assertThat(text.lines()).contains("demo: 3 records, 0 reconnects, 0 dropped");
            assertThat(text.lines().filter(tick.toJson()::equals)).hasSize(3);
            assertThat(text + Files.readString(Path.of("target/demo.log")))
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void writesFilesOfAnyFeed(@TempDir Path folder) throws Exception {
        try (MarketDataServer server = randomServer()) {
            int code =
                    run(
                            "feed",
                            "--url",
                            server.url(),
                            "--open-message",
                            "{\"op\":\"subscribe\",\"symbols\":[\"BTC-USD\"]}",
                            "--bounded.messages",
                            "5",
                            "--json-files",
                            folder.resolve("out").toString());

            assertThat(code).as(text(err)).isZero();
            assertThat(text(out)).endsWith("demo: 5 records, 0 reconnects, 0 dropped\n");
            try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
                assertThat(files.filter(Files::isRegularFile))
                        .isNotEmpty()
                        .allMatch(file -> file.toString().endsWith(".jsonl"));
            }
        }
    }

    @Test
    void showsTwoFeedsJoinedAndEndsByItself() {
        int code = run("sql", "--seconds", "14");

        assertThat(code).as(text(err)).isZero();
        assertThat(text(out).lines())
                .contains(
                        "op  window        symbol        trades        vwap          mid           off_bps")
                .anyMatch(line -> line.matches("\\+I  [0-9:]{8} +[A-Z]{3}-USD +[0-9]+ +[0-9.]+ .*"))
                .anyMatch(line -> line.contains("connection lost (close code 1001)"))
                .last()
                .asString()
                .matches(SUMMARY.pattern());
    }

    @Test
    void runsAFileOfSql(@TempDir Path folder) throws Exception {
        try (MarketDataServer server = randomServer()) {
            Path file =
                    Files.write(
                            folder.resolve("my.sql"),
                            List.of(
                                    "CREATE TABLE t (symbol STRING) WITH (",
                                    "'connector' = 'websocket', 'url' = '" + server.url() + "',",
                                    "'open-messages' = '{\"op\":\"subscribe\",\"symbols\":[\"BTC-USD\"]}',",
                                    "'bounded.messages' = '4', 'format' = 'json');",
                                    "SELECT symbol, 'x;y' AS x FROM t"));

            assertThat(run("sql", file.toString())).as(text(err)).isZero();
            assertThat(text(out).lines().filter("+I  BTC-USD       x;y"::equals)).hasSize(4);
        }
    }

    @Test
    void startsTheServerAlone() {
        int port = freePort();

        assertThat(run("server", "--port", String.valueOf(port), "--seconds", "1")).isZero();
        assertThat(text(out).lines())
                .contains(
                        "Ticks   ws://127.0.0.1:" + port + "/ticks",
                        "Quotes  ws://127.0.0.1:" + port + "/quotes");
    }

    private static MarketDataServer randomServer() throws IOException {
        return new MarketDataServer(new RandomWalk(() -> 0, 1), Duration.ofMillis(2));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRefusedConnectionIsOneLineAndExitCodeOne() {
        int port = freePort();

        assertThat(run("--url", "ws://127.0.0.1:" + port + "/?token=secret")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo("demo: can't connect to 127.0.0.1:" + port + ": Connection refused\n");
        assertThat(text(out)).doesNotContain("records, ");
    }

    @Test
    void tlsOnAPortWithoutGetsAHint() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answer(plain, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            server.setDaemon(true);
            server.start();

            assertThat(run("--url", "wss://127.0.0.1:" + plain.getLocalPort())).isEqualTo(1);
            assertThat(text(err).lines())
                    .singleElement()
                    .asString()
                    .contains("unrecognized SSL message", "write ws:// instead of wss://");
        }
    }

    /** Until the server is closed. */
    private static void answer(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The next one, if there is one.
            }
        }
    }

    @Test
    void aFeedThatSaysNothingGetsAWordAfterFiveSeconds() throws Exception {
        try (MarketDataServer server = randomServer()) {
            assertThat(run("--url", server.url(), "--seconds", "8")).isZero();
            assertThat(text(out).lines().filter(line -> line.contains("no record after 5 s")))
                    .hasSize(1);
            assertThat(text(out)).contains("--open-message", "./probe --url URL");
            assertThat(text(out)).endsWith("demo: 0 records, 0 reconnects, 0 dropped\n");
        }
    }

    @Test
    void aUrlWithoutASchemeIsOneLineWithWhatWasMeant() {
        assertThat(run("--url", "localhost:8765")).isEqualTo(2);
        assertThat(text(err).lines())
                .singleElement()
                .asString()
                .contains("ws://localhost:8765 or wss://localhost:8765");
    }

    @Test
    void aJobThatFailsEndsTheDemoWithTheServersReason() throws Exception {
        try (MarketDataServer server = randomServer()) {
            int code =
                    run(
                            "feed",
                            "--url",
                            server.url().toString(),
                            "--open-message",
                            "garbage",
                            "--reconnect.max-attempts",
                            "3",
                            "--reconnect.initial-backoff",
                            "10 ms");

            assertThat(code).as(text(out)).isEqualTo(1);
            assertThat(text(err).lines())
                    .singleElement()
                    .asString()
                    .startsWith("demo: ")
                    .contains("1008", "subscribe first");
        }
    }

    @Test
    void aWrongUrlIsOneLineAndExitCodeTwo() {
        assertThat(run("--url", "http://127.0.0.1/")).isEqualTo(2);
        assertThat(text(err).lines()).singleElement().asString().contains("'ws' or 'wss'");
    }

    @Test
    void aWrongOptionIsOneLineAndExitCodeTwo() {
        assertThat(run("--speed")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("demo: unknown option '--speed'; ./demo --help shows all\n");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(text(out))
                .contains("--url", "--open-message", "--seconds", "--help", "sql", "server");
        out.reset();
        assertThat(run("feed", "--help")).isZero();
        assertThat(text(out)).contains("--config", "--json-files");
    }

    private int run(String... args) {
        return new Demo(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}

package io.github.flinkwebsocket.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A Prometheus on 127.0.0.1 that runs with the files of {@code monitoring/}, every second instead
 * of every fifteen, and with seconds for the minutes of the alerts. Ends with this JVM at the
 * latest.
 */
final class PrometheusServer implements AutoCloseable {

    /** The files that users take. */
    static final Path MONITORING = Path.of("..", "monitoring");

    private final Process process;
    private final Thread lastResort;
    private final RestClient http;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.lastResort = new Thread(process::destroyForcibly, "end-prometheus");
        Runtime.getRuntime().addShutdownHook(lastResort);
        this.http = new RestClient("127.0.0.1", port);
    }

    /**
     * Skips the test, with a message, where there is no Prometheus.
     *
     * @return the path of one of its programs
     */
    static String assumeProgram(String name) {
        String program =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst()
                        .orElse(null);
        assumeTrue(program != null, name + " is not installed; run tools/install-test-servers");
        return program;
    }

    /** Starts one that scrapes these ports of 127.0.0.1, and waits until it answers. */
    static PrometheusServer start(Path folder, List<Integer> ports) throws IOException {
        String targets =
                ports.stream()
                        .map(port -> "\"127.0.0.1:" + port + "\"")
                        .collect(Collectors.joining(", ", "[", "]"));
        String config = Files.readString(MONITORING.resolve("prometheus.yml"));
        Files.createDirectories(folder);
        Path file = folder.resolve("prometheus.yml");
        Files.writeString(
                file,
                config.replace("15s", "1s")
                        .replaceFirst("targets: \\[.*\\]", "targets: " + targets));
        String alerts = Files.readString(MONITORING.resolve("alerts.yml"));
        Files.writeString(
                folder.resolve("alerts.yml"), alerts.replaceAll("\\b([0-9]+)m\\b", "$1s"));

        int port = FlinkCluster.freePort();
        List<String> command = new ArrayList<>();
        command.add(assumeProgram("prometheus"));
        command.add("--config.file=" + file);
        command.add("--storage.tsdb.path=" + folder.resolve("data"));
        command.add("--web.listen-address=127.0.0.1:" + port);
        Path log = folder.resolve("prometheus.log");
        PrometheusServer server =
                new PrometheusServer(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(log.toFile())
                                .start(),
                        port);
        try {
            Await.until("Prometheus answers; see " + log, () -> server.query("1").size() == 2);
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** So many free ports in a row. */
    static List<Integer> freePorts(int count) throws IOException {
        while (true) {
            int first = FlinkCluster.freePort();
            List<Integer> ports =
                    IntStream.range(first, first + count).boxed().collect(Collectors.toList());
            if (ports.stream().allMatch(PrometheusServer::isFree)) {
                return ports;
            }
        }
    }

    private static boolean isFree(int port) {
        // On all addresses, as Flink's reporter binds.
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The present result of a query: a list of series, or a scalar as time and value. */
    JsonNode query(String promQl) throws IOException, InterruptedException {
        return http.get("/api/v1/query?query=" + RestClient.encode(promQl))
                .get("data")
                .get("result");
    }

    /** The values that a label has on some series. */
    List<String> labelValues(String series, String label) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        http.get("/api/v1/label/" + label + "/values?match%5B%5D=" + RestClient.encode(series))
                .get("data")
                .forEach(value -> values.add(value.asText()));
        return values;
    }

    /** The alert rules, as they are now. */
    Stream<JsonNode> rules() throws IOException, InterruptedException {
        List<JsonNode> rules = new ArrayList<>();
        http.get("/api/v1/rules")
                .get("data")
                .get("groups")
                .forEach(group -> group.get("rules").forEach(rules::add));
        return rules.stream();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}

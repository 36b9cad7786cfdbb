package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults between cluster and server, one after another, for {@code -Dsoak.minutes}; their order and
 * their lengths are drawn from {@code -Dsoak.seed}. Runs with {@code -Psoak} only.
 */
class Soak extends NumbersScenario {

    private static final String[] PATHS = {"/a", "/b"};

    private final double minutes = Double.parseDouble(System.getProperty("soak.minutes"));
    private final long seed = Long.getLong("soak.seed");
    private final FlinkVersion version = FlinkVersion.valueOf(System.getProperty("soak.flink"));
    private final Random random = new Random(seed);
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

    @Test
    void losesNothingAndDoesNotGrow() throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        server.keepSending(Duration.ofMillis(5), PATHS);
        try (FaultyRelay relay = new FaultyRelay(server.port())) {
            List<String> args = replayingAt(relay.port(), PATHS);
            args.addAll(
                    List.of(
                            "--option", "ping-interval=1 s",
                            "--option", "read-timeout=4 s",
                            "--option", "connect-timeout=4 s",
                            "--option", "reconnect.max-backoff=1 s"));
            Job job = cluster.run(2, args).awaitRunning();

            long begin = System.nanoTime();
            everyFault(relay);
            awaitRecords();
            Footprint first = Footprint.of(cluster);
            while (System.nanoTime() - begin < minutes * 60e9) {
                everyFault(relay);
            }
            double took = (System.nanoTime() - begin) / 60e9;
            awaitRecords();
            Footprint last = Footprint.of(cluster);
            awaitRest(PATHS);
            long reconnects =
                    Math.round(job.metrics(".reconnects").stream().mapToDouble(d -> d).sum());

            String table = table(took, reconnects, first, last);
            System.out.println(table);
            if (Boolean.getBoolean("update.docs")) {
                writeIntoDocs(table);
            }
            assertEachOnce(PATHS);
            assertThat(job.restarts()).isZero();
            int ends = faults.values().stream().mapToInt(n -> n).sum() - faults.get(Fault.SLOW);
            assertThat(reconnects).isGreaterThanOrEqualTo((long) PATHS.length * ends);
            assertThat(last.heapMib).isLessThan(first.heapMib * 1.1 + 4);
            assertThat(last.threads).isLessThanOrEqualTo(first.threads + 4);
        }
    }

    /** All faults once, in a new order, each one to connections that work. */
    private void everyFault(FaultyRelay relay) throws Exception {
        List<Fault> order = Arrays.asList(Fault.values());
        Collections.shuffle(order, random);
        for (Fault fault : order) {
            awaitRecords();
            Await.pause(random.nextInt(3000));
            relay.begin(fault);
            Await.pause(random.nextInt(4000));
            relay.end();
            faults.merge(fault, 1, Integer::sum);
        }
    }

    /** Waits until each path has emitted something that was sent after now. */
    private void awaitRecords() {
        for (String path : PATHS) {
            long now = server.last(path);
            Await.until("records of " + path, () -> records.recent(path) > now);
        }
    }

    private String table(double took, long reconnects, Footprint first, Footprint last) {
        long sent = 0;
        long received = 0;
        long distinct = 0;
        for (String path : PATHS) {
            List<Long> numbers = records.numbers(path);
            sent += server.last(path);
            received += numbers.size();
            distinct += new HashSet<>(numbers).size();
        }
        List<String> head = new ArrayList<>();
        List<String> row = new ArrayList<>();
        cell(head, row, "Flink", version.toString().replace("flink-", ""));
        cell(head, row, "seed", seed);
        cell(head, row, "minutes", String.format("%.1f", took));
        faults.forEach((fault, count) -> cell(head, row, fault.toString(), count));
        cell(head, row, "reconnects", reconnects);
        cell(head, row, "sent", sent);
        cell(head, row, "received", received);
        cell(head, row, "missing", sent - distinct);
        cell(head, row, "doubled", received - distinct);
        cell(head, row, "heap MiB", String.format("%.1f → %.1f", first.heapMib, last.heapMib));
        cell(head, row, "threads", first.threads + " → " + last.threads);
        return line(head)
                + line(head.stream().map(h -> "---").collect(Collectors.toList()))
                + line(row);
    }

    private static void cell(List<String> head, List<String> row, String name, Object value) {
        head.add(name);
        row.add(value.toString());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static void writeIntoDocs(String table) throws IOException {
        Path page = Path.of("..", "docs", "reliability.md");
        String text = Files.readString(page);
        String begin = "<!-- begin generated: soak -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end generated: soak -->");
        Files.writeString(page, text.substring(0, from) + table + text.substring(to));
    }
}

package io.github.flinkwebsocket.benchmarks;

import org.apache.flink.runtime.util.EnvironmentInformation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures everything, case by case, round by round, and reports. */
final class Main {

    private static final int RECEIVER_CORE = 0;
    private static final int SENDER_CORE = 1;

    /** No case is begun later, once there is a round to report. */
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(11);

    private static final Row[] PACED = {Row.BARE, Row.STOCK, Row.CONNECTION, Row.SOURCE, Row.NAIVE};

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = new Options(args);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmarks/run: " + e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        Results results = measure(options);
        Report report = new Report(results, machine(options));
        System.out.print(report.text());
        if (options.markdown != null) {
            report.writeMarkdown(options.markdown);
        }
        if (options.svg != null) {
            Files.writeString(options.svg, Chart.svg(results));
        }
    }

    private static List<Case> cases(Options options) {
        List<Case> cases = new ArrayList<>();
        if (options.parts.contains("saturated")) {
            for (int size : options.sizes) {
                options.rows.forEach(row -> cases.add(Case.saturated(row, size)));
            }
        }
        if (options.parts.contains("paced")) {
            for (Row row : PACED) {
                if (options.rows.contains(row)) {
                    cases.add(Case.paced(row));
                }
            }
        }
        return cases;
    }

    private static Results measure(Options options) throws IOException {
        File log = options.directory.resolve("target/stderr.log").toFile();
        Files.deleteIfExists(log.toPath());
        long start = System.nanoTime();
        boolean canPin = canPin();
        Results results = new Results();
        try (Child pinned = new Child(log, canPin ? SENDER_CORE : Child.ANY_CORE, Sender.class);
                Child free = new Child(log, Child.ANY_CORE, Sender.class)) {
            String pinnedPort = pinned.readLine();
            String freePort = free.readLine();
            if (options.parts.contains("idle")) {
                for (Case idle : List.of(Case.ONE_IDLE, Case.IDLE)) {
                    Measurement measured = receive(log, false, idle, freePort, options.quick);
                    results.add(idle, measured);
                    System.err.printf("%s: %.2f %% of a core%n", idle, 100 * measured.load());
                }
            }
            for (int round = 1; round <= options.rounds; round++) {
                for (Case next : cases(options)) {
                    if (round > 1 && System.nanoTime() - start > LIMIT_NANOS) {
                        System.err.println("time is up; the medians are of fewer rounds");
                        return results;
                    }
                    boolean pin = canPin && next.pinned();
                    Measurement measured =
                            receive(log, pin, next, pin ? pinnedPort : freePort, options.quick);
                    results.add(next, measured);
                    progress(round, next, measured);
                }
            }
        }
        return results;
    }

    private static Measurement receive(File log, boolean pin, Case next, String port, boolean quick)
            throws IOException {
        try (Child receiver =
                new Child(
                        log,
                        pin ? RECEIVER_CORE : Child.ANY_CORE,
                        ReceiverMain.class,
                        next.row == null ? "idle" : next.row.id(),
                        port,
                        String.valueOf(next.size),
                        String.valueOf(next.rate),
                        String.valueOf(next.warmUpMillis(quick)),
                        String.valueOf(next.measureMillis(quick)))) {
            return Measurement.parse(receiver.readLine());
        }
    }

    private static void progress(int round, Case next, Measurement measured) {
        System.err.printf(
                "round %d, %s: %.3f µs, %.0f B, %.0f messages/s%n",
                round,
                next,
                measured.microsPerMessage(),
                measured.bytesPerMessage(),
                measured.messagesPerSecond());
    }

    private static boolean canPin() {
        try {
            String cores = RECEIVER_CORE + "," + SENDER_CORE;
            return Runtime.getRuntime().availableProcessors() > 1
                    && new ProcessBuilder("taskset", "-c", cores, "true")
                                    .redirectErrorStream(true)
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String machine(Options options) {
        return String.format(
                "Java %s, Flink %s, %s, %d cores%s. Median of %d.",
                Runtime.version().feature(),
                EnvironmentInformation.getVersion(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                canPin() ? "" : ", not pinned",
                options.rounds);
    }

    private Main() {}
}

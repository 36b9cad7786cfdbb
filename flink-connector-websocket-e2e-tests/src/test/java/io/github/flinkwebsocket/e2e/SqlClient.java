package io.github.flinkwebsocket.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Flink's SQL client: a process for each script, which ends with the script. */
final class SqlClient {

    /** The connector with all it needs, as users download it. */
    static final Path JAR = Path.of(System.getProperty("e2e.sql.jar"));

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Pattern JOB_ID = Pattern.compile("Job ID: ([0-9a-f]{32})");

    /** A row as the client prints it, with what has happened to it in front. */
    private static final Pattern ROW = Pattern.compile("\\| +\\+I \\|(.*)\\|");

    private final FlinkCluster cluster;
    private final List<String> options;

    /**
     * @param options of the command line, such as {@code -j} and a jar
     */
    SqlClient(FlinkCluster cluster, String... options) {
        this.cluster = cluster;
        this.options = List.of(options);
    }

    /** Runs statements of which the last one inserts, and returns the job that does it. */
    Job insert(String... statements) throws Exception {
        Matcher id = JOB_ID.matcher(run(statements));
        assertThat(id.find()).as("a job in %s", cluster.home().folder()).isTrue();
        return cluster.job(id.group(1));
    }

    /** Runs statements of which the last one is a query that ends, and returns the rows. */
    List<List<String>> query(String... statements) throws Exception {
        return ROW.matcher(run(statements))
                .results()
                .map(row -> List.of(row.group(1).trim().split(" *\\| *")))
                .collect(Collectors.toList());
    }

    private String run(String... statements) throws Exception {
        FlinkHome home = cluster.home();
        String name = "sql-client-" + NUMBER.incrementAndGet();
        Path script = home.folder().resolve(name + ".sql");
        Files.write(script, List.of(String.join(";\n", statements) + ";"));
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "-f",
                                script.toString(),
                                // Otherwise it is in the user's home.
                                "-hist",
                                home.tmp().resolve(name + ".history").toString()));
        args.addAll(options);
        List<String> jvmArgs = new ArrayList<>(FlinkHome.JVM_ARGS);
        jvmArgs.addAll(List.of(FlinkHome.OPEN_FOR_PROGRAMS, "-Xmx512m"));
        ProcessRunner runner = new ProcessRunner(home);
        ProcessRunner.Outcome outcome =
                runner.run(name, jvmArgs, "org.apache.flink.table.client.SqlClient", args);
        assertThat(outcome.exitCode).as("see %s", runner.log(name)).isZero();
        return outcome.output;
    }
}

package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A job jar with the connector in it runs on a cluster that knows nothing of the connector. */
@ExtendWith(SharedClusters.class)
class SubmissionITCase {

    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

    @TempDir private Path folder;
    private Records records;
    private NumberingServer server;

    @BeforeEach
    void start() throws Exception {
        records = new Records(folder.resolve("records"));
        server = new NumberingServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aJarUploadedByRestRunsAndEmits(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        server.send("/a", 100);
        Job job = cluster.run(1, arguments("/a"));
        assertEmitsAll(job);
    }

    @ParameterizedTest
    @EnumSource
    void aJarSubmittedByTheCommandLineRunsAndEmits(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        server.send("/a", 100);
        ProcessRunner.Outcome outcome = cluster.runByCommandLine(1, arguments("/a"));
        assertThat(outcome.exitCode).as(outcome.output).isZero();
        Matcher id = JOB_ID.matcher(outcome.output);
        assertThat(id.find()).as(outcome.output).isTrue();
        assertEmitsAll(cluster.job(id.group(1)));
    }

    private void assertEmitsAll(Job job) throws Exception {
        records.await("/a", 100);
        server.send("/a", 100);
        records.await("/a", 200);
        assertThat(records.numbers("/a"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().collect(Collectors.toList()));
        assertThat(job.status()).isEqualTo("RUNNING");
        job.cancel();
        Await.until("no connection", () -> server.open("/a") == 0);
    }

    private List<String> arguments(String... paths) {
        List<String> args = new ArrayList<>(List.of("--out", records.folder().toString()));
        args.addAll(server.replaying(paths));
        return args;
    }
}

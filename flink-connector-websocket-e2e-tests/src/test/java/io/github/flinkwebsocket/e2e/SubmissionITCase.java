package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A job jar with the connector in it runs on a cluster that knows nothing of the connector. */
class SubmissionITCase extends NumbersScenario {

    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

    @ParameterizedTest
    @EnumSource
    void aJarUploadedByRestRunsAndEmits(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        server.send("/a", 100);
        Job job = cluster.run(1, replaying("/a"));
        assertEmitsAll(job);
    }

    @ParameterizedTest
    @EnumSource
    void aJarSubmittedByTheCommandLineRunsAndEmits(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        server.send("/a", 100);
        ProcessRunner.Outcome outcome = cluster.runByCommandLine(1, replaying("/a"));
        assertThat(outcome.exitCode).as(outcome.output).isZero();
        Matcher id = JOB_ID.matcher(outcome.output);
        assertThat(id.find()).as(outcome.output).isTrue();
        assertEmitsAll(cluster.job(id.group(1)));
    }

    private void assertEmitsAll(Job job) throws Exception {
        records.await("/a", 100);
        server.send("/a", 100);
        records.await("/a", 200);
        assertThat(records.numbers("/a")).containsExactlyElementsOf(upTo(200));
        assertThat(job.status()).isEqualTo("RUNNING");
        job.cancel();
        Await.until("no connection", () -> server.open("/a") == 0);
    }
}

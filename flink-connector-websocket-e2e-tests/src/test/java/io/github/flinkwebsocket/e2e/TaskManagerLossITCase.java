package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What remains when the TaskManager that holds connections is killed (-9). */
class TaskManagerLossITCase extends NumbersScenario {

    @ParameterizedTest
    @EnumSource
    void aFeedWithAPositionContinuesOnTheOtherOneAndLosesNothing(FlinkVersion version)
            throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        keepSending("/a", "/b");
        Job job = cluster.run(2, replaying("/a", "/b")).awaitRunning();
        awaitProgress("/a", "/b");
        job.awaitCheckpoint();

        String lost = job.taskManager(0);
        cluster.killTaskManager(lost);

        Await.until("a restore", () -> job.restores() > 0);
        job.awaitRunning();
        awaitProgress("/a", "/b");
        awaitRest("/a", "/b");
        assertThat(job.taskManager(0)).isNotEqualTo(lost);
        assertThat(job.taskManager(1)).isNotEqualTo(lost);
        assertThat(server.connections("/a").size() + server.connections("/b").size())
                .isGreaterThan(2);
        assertResumedFromPositions("/a", "/b");
        assertOneConnectionEach("/a", "/b");
    }

    @ParameterizedTest
    @EnumSource
    void whatALiveFeedLosesIsTheTimeWithoutConnection(FlinkVersion version) throws Exception {
        FlinkCluster cluster = SharedClusters.of(version);
        Job job = cluster.run(1, live("/live")).awaitRunning();
        server.awaitOpen("/live");
        keepSending("/live");
        awaitProgress("/live");

        server.drop("/live");
        Await.until("a reconnect", () -> server.connections("/live").size() == 2);
        awaitProgress("/live");
        Await.until("it counts", () -> job.metrics(".reconnects").equals(List.of(1.0)));
        assertThat(job.metrics(".connects")).containsExactly(2.0);

        cluster.killTaskManager(job.taskManager(0));
        Await.until("a new connection", () -> server.connections("/live").size() == 3);
        awaitProgress("/live");
        // The split's own numbers begin anew; that there was a restart is Flink's to say.
        Await.until("it counts", () -> job.metrics(".connects").equals(List.of(1.0)));
        Await.until("it counts", () -> job.metrics(".reconnects").equals(List.of(0.0)));
        Await.until("Flink counts", () -> job.restarts() == 1);

        awaitRest("/live");
        assertThat(records.numbers("/live")).isSorted().doesNotHaveDuplicates();
        assertThat(connectionNumbers("/live")).containsExactly(1L, 2L, 1L);
        assertThat(missing("/live")).isEqualTo(betweenConnections("/live"));
        assertOneConnectionEach("/live");
    }

    /** The connection numbers in the records, each where it begins. */
    private List<Long> connectionNumbers(String path) {
        List<Long> numbers = new ArrayList<>();
        for (Records.Record record : records.of(path)) {
            if (numbers.isEmpty() || numbers.get(numbers.size() - 1) != record.connection) {
                numbers.add(record.connection);
            }
        }
        return numbers;
    }

    /** What the server numbered and the job did not emit. */
    private List<Long> missing(String path) {
        List<Long> missing = upTo(server.last(path));
        missing.removeAll(records.numbers(path));
        return missing;
    }

    /** What was numbered after the last record of a connection, and before the next one began. */
    private List<Long> betweenConnections(String path) {
        List<NumberingServer.Connection> connections = server.connections(path);
        List<Long> between = new ArrayList<>();
        for (int i = 1; i < connections.size(); i++) {
            long next = connections.get(i).first;
            long previous =
                    records.numbers(path).stream()
                            .filter(number -> number < next)
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0);
            between.addAll(
                    upTo(next - 1).stream()
                            .filter(number -> number > previous)
                            .collect(Collectors.toList()));
        }
        return between;
    }
}

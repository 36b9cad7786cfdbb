package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests of the numbers job share: a server, what the job wrote, and what must hold of it. */
@ExtendWith(SharedClusters.class)
abstract class NumbersScenario {

    @TempDir Path folder;
    Records records;
    NumberingServer server;

    @BeforeEach
    void startServer() throws Exception {
        records = new Records(folder.resolve("records"));
        server = new NumberingServer();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    /** The arguments of a job that continues these paths from its position. */
    List<String> replaying(String... paths) {
        return replayingAt(server.port(), paths);
    }

    /** The same, through another port. */
    List<String> replayingAt(int port, String... paths) {
        List<String> args = common();
        for (String path : paths) {
            String url = "ws://127.0.0.1:" + port + path + "?from=";
            args.addAll(List.of("--url", url + "${position}", "--initial-url", url + "0"));
        }
        return args;
    }

    /** The arguments of a job that reads what is sent on a path while it is connected. */
    List<String> live(String path) {
        List<String> args = common();
        args.addAll(List.of("--url", "ws://127.0.0.1:" + server.port() + path));
        return args;
    }

    private List<String> common() {
        return new ArrayList<>(
                List.of(
                        "--out",
                        records.folder().toString(),
                        "--option",
                        "reconnect.initial-backoff=100 ms"));
    }

    void keepSending(String... paths) {
        server.keepSending(Duration.ofMillis(10), paths);
    }

    /** Waits until each path has emitted something that was sent after now. */
    void awaitProgress(String... paths) {
        for (String path : paths) {
            records.await(path, server.last(path) + 1);
        }
    }

    /** Stops sending, and waits until everything has been emitted. */
    void awaitRest(String... paths) {
        server.pause();
        for (String path : paths) {
            records.await(path, server.last(path));
        }
    }

    static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().collect(Collectors.toList());
    }

    /** Every number has been emitted, once. */
    void assertEachOnce(String... paths) {
        for (String path : paths) {
            assertThat(records.numbers(path))
                    .as(path)
                    .containsExactlyElementsOf(upTo(server.last(path)));
        }
    }

    /**
     * Each attempt has emitted, without a hole, what follows the position that it was restored to;
     * that position is one that had been emitted before; and nothing is missing in the end.
     */
    void assertResumedFromPositions(String... paths) {
        for (String path : paths) {
            List<Long> expected = new ArrayList<>();
            long emitted = 0;
            for (NumberingServer.Connection connection : server.connections(path)) {
                assertThat(connection.from).as(path).isBetween(0L, emitted);
                long lastOfAttempt = lastOfAttempt(path, expected.size());
                LongStream.rangeClosed(connection.from + 1, lastOfAttempt).forEach(expected::add);
                emitted = Math.max(emitted, lastOfAttempt);
            }
            assertThat(records.numbers(path)).as(path).containsExactlyElementsOf(expected);
            assertThat(emitted).as(path).isEqualTo(server.last(path));
        }
    }

    /** The last number of the attempt that begins at this record. */
    private long lastOfAttempt(String path, int begin) {
        List<Records.Record> all = records.of(path);
        int end = begin;
        while (end + 1 < all.size() && all.get(end + 1).attempt.equals(all.get(begin).attempt)) {
            end++;
        }
        return all.get(end).number;
    }

    /** Each split has one connection, and has never had two. */
    void assertOneConnectionEach(String... paths) {
        for (String path : paths) {
            assertThat(server.open(path)).as(path).isEqualTo(1);
            assertThat(server.mostAtOnce(path)).as(path).isEqualTo(1);
        }
    }
}

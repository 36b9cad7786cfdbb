package io.github.flinkwebsocket.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests with numbers share: a server, what a job wrote, and what must hold of it. */
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
     * Each attempt has emitted, without a hole, what follows the position that it was restored to.
     * That position is of a record that an attempt before had emitted, and nothing is missing in
     * the end.
     */
    void assertResumedFromPositions(String... paths) {
        for (String path : paths) {
            Set<Long> positions =
                    server.connections(path).stream().map(c -> c.from).collect(Collectors.toSet());
            long emitted = 0;
            for (List<Long> attempt : records.attempts(path)) {
                long position = attempt.get(0) - 1;
                long last = attempt.get(attempt.size() - 1);
                assertThat(attempt)
                        .as(path)
                        .containsExactlyElementsOf(upTo(last).subList((int) position, (int) last));
                assertThat(positions).as(path).contains(position);
                assertThat(position).as(path).isBetween(Math.min(1, emitted), emitted);
                emitted = Math.max(emitted, last);
            }
            assertThat(emitted).as(path).isEqualTo(server.last(path));
        }
    }

    /** Each split has one connection, and has never had two. */
    void assertOneConnectionEach(String... paths) {
        for (String path : paths) {
            assertThat(server.open(path)).as(path).isEqualTo(1);
            assertThat(server.mostAtOnce(path)).as(path).isEqualTo(1);
        }
    }
}

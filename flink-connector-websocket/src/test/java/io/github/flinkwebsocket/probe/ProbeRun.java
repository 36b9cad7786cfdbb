package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.testing.Threads;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One run of the command, and what it said. */
final class ProbeRun {

    private final int exitCode;
    private final String out;
    private final String err;

    ProbeRun(String... args) throws Exception {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        exitCode =
                new ProbeCommand(
                                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                                new PrintStream(errBytes, true, StandardCharsets.UTF_8))
                        .run(args);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        Threads.awaitNoneOfConnections();
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }
}

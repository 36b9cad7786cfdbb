package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.testing.ExternalServer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Conversations with a server made with the Python package websockets. */
class PythonServerITCase extends ServerConversations {

    /** The system's Python, for which its packages are. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final Path SCRIPT = Path.of("src/test/python/server.py");

    private static boolean hasWebsockets() {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import websockets")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    ExternalServer start(boolean deflate) throws IOException {
        assumeTrue(
                hasWebsockets(),
                "python3-websockets is not installed; run tools/install-test-servers");
        return ExternalServer.start(
                port -> {
                    List<String> command =
                            new ArrayList<>(
                                    List.of(
                                            PYTHON,
                                            SCRIPT.toAbsolutePath().toString(),
                                            "127.0.0.1",
                                            String.valueOf(port)));
                    if (deflate) {
                        command.add("deflate");
                    }
                    return command;
                });
    }
}

package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.testing.ExternalServer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a server made with the npm package ws. */
final class NodeServer {

    private static final Path SCRIPT = Path.of("src/test/node/server.js");
    private static final Path MODULES = Path.of("target/node/node_modules");

    /** The command; skips the test if something is not installed. */
    static List<String> command(String host, int port, boolean deflate) {
        String node = ExternalServer.assumeProgram("node");
        Path modules = ExternalServer.assumeFile(MODULES.resolve("ws"), "the npm package ws");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ExternalServer.assumeProgram("env"),
                                "NODE_PATH=" + modules.getParent(),
                                node,
                                SCRIPT.toAbsolutePath().toString(),
                                host,
                                String.valueOf(port)));
        if (deflate) {
            command.add("deflate");
        }
        return command;
    }

    private NodeServer() {}
}

package io.github.flinkwebsocket.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A server that is not ours, as a child process in the foreground. {@link #close()} ends it with
 * all its children. What it printed is kept, and is part of every failure.
 */
public final class ExternalServer implements AutoCloseable {

    /** Says how to start a server on a port; may write its configuration first. */
    @FunctionalInterface
    public interface Setup {
        List<String> command(int port) throws IOException;
    }

    private static final String LOCALHOST = "127.0.0.1";
    private static final int STARTS = 3;
    private static final long CLOSE_SECONDS = 10;

    private final Process process;
    private final Thread reader;
    private final String host;
    private final int port;
    private final Thread lastResort = new Thread(this::kill);
    private final List<String> output = new CopyOnWriteArrayList<>();

    private ExternalServer(Process process, String host, int port) {
        this.process = process;
        this.host = host;
        this.port = port;
        this.reader = new Thread(this::readOutput, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts a server on a free port of 127.0.0.1, and waits until it accepts connections. */
    public static ExternalServer start(Setup setup) throws IOException {
        return start(LOCALHOST, setup);
    }

    /** The same for a server that listens on another address of this machine. */
    public static ExternalServer start(String host, Setup setup) throws IOException {
        for (int i = 1; ; i++) {
            int port = freePort();
            Process process =
                    new ProcessBuilder(setup.command(port)).redirectErrorStream(true).start();
            process.getOutputStream().close();
            ExternalServer server = new ExternalServer(process, host, port);
            try {
                Await.until("the server accepts", () -> server.accepts() || !process.isAlive());
            } catch (AssertionError e) {
                server.close();
                throw server.failed("did not accept", e);
            }
            if (process.isAlive()) {
                return server;
            }
            server.close();
            // Another process may have taken the port in between.
            if (i == STARTS) {
                throw server.failed("ended with status " + process.exitValue(), null);
            }
        }
    }

    private AssertionError failed(String how, Throwable cause) {
        return new AssertionError(
                process.info().commandLine().orElse("The server")
                        + " "
                        + how
                        + "; it printed:\n"
                        + output(),
                cause);
    }

    /** Skips the test, with a message, unless this machine has the program. */
    public static String assumeProgram(String name) {
        String program = find(name);
        assumeTrue(program != null, name + " is not installed; run tools/install-test-servers");
        return program;
    }

    /** Skips the test, with a message, unless this file of some software exists. */
    public static Path assumeFile(Path file, String what) {
        assumeTrue(Files.exists(file), what + " is not installed; run tools/install-test-servers");
        return file.toAbsolutePath();
    }

    private static String find(String name) {
        // Daemons are where the path of an ordinary user does not lead.
        String folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return Stream.of(folders.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /** A port of 127.0.0.1 on which nobody listens. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** What it printed so far, to either stream. */
    public String output() {
        return String.join("\n", output);
    }

    /** Waits until it has printed so many lines with this text. */
    public void awaitOutput(String text, int lines) {
        try {
            Await.until(
                    lines + " times '" + text + "'",
                    () -> output.stream().filter(line -> line.contains(text)).count() >= lines);
        } catch (AssertionError e) {
            throw failed("did not print '" + text + "' so often", e);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void readOutput() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            in.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            // It has ended.
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        try {
            if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw failed("could not be ended", null);
            }
            reader.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        List<ProcessHandle> family = process.descendants().collect(Collectors.toList());
        family.add(process.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
    }
}

package io.github.flinkwebsocket.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts JVMs that end with this one, however it ends; their output goes to files. */
final class ProcessRunner {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> RUNNING.forEach(Process::destroyForcibly), "end-children"));
    }

    /** What a process that has ended leaves. */
    static final class Outcome {
        final int exitCode;
        final String output;

        Outcome(int exitCode, String output) {
            this.exitCode = exitCode;
            this.output = output;
        }
    }

    private final FlinkHome home;
    private final Map<String, String> environment;

    ProcessRunner(FlinkHome home) {
        this.home = home;
        environment = Map.of("FLINK_CONF_DIR", home.conf().toString());
    }

    /** Starts a main class of Flink. Its output is appended to {@code <name>.log}. */
    Process start(String name, List<String> jvmArgs, String mainClass, List<String> args)
            throws IOException {
        return start(name, jvmArgs, home.classPath(), mainClass, args);
    }

    /** The same, with opt/ on its class path, too. */
    Process startClient(String name, List<String> jvmArgs, String mainClass, List<String> args)
            throws IOException {
        return start(name, jvmArgs, home.clientClassPath(), mainClass, args);
    }

    private Process start(
            String name,
            List<String> jvmArgs,
            String classPath,
            String mainClass,
            List<String> args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArgs);
        command.add("-Djava.io.tmpdir=" + home.tmp());
        command.add("-Dlog4j.configurationFile=" + home.conf().resolve("log4j.properties"));
        command.addAll(List.of("-cp", classPath, ChildMain.class.getName(), mainClass));
        command.addAll(args);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        RUNNING.removeIf(other -> !other.isAlive());
        RUNNING.add(process);
        return process;
    }

    /** Runs a client until it ends by itself. */
    Outcome run(String name, List<String> jvmArgs, String mainClass, List<String> args)
            throws Exception {
        Process process = startClient(name, jvmArgs, mainClass, args);
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                throw new AssertionError(mainClass + " did not end; see " + log(name));
            }
        } finally {
            kill(process);
        }
        return new Outcome(process.exitValue(), Files.readString(log(name)));
    }

    Path log(String name) {
        return home.folder().resolve(name + ".log");
    }

    /** Kills (-9) a process, and waits until it is gone. */
    static void kill(Process process) {
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}

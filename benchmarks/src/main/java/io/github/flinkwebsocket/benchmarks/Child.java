package io.github.flinkwebsocket.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of ours. It ends when it is closed, and also when this one dies in whatever way: then its
 * standard input ends, which it watches.
 */
final class Child implements AutoCloseable {

    /** For {@code core}: let it run anywhere. */
    static final int ANY_CORE = -1;

    private final String name;
    private final File log;
    private final Process process;
    private final BufferedReader out;

    /**
     * @param log takes what it writes to standard error
     * @param core the only core it may use, or {@link #ANY_CORE}
     */
    Child(File log, int core, Class<?> main, String... args) throws IOException {
        this.name = main.getSimpleName() + " " + String.join(" ", args);
        this.log = log;
        List<String> command = new ArrayList<>();
        if (core != ANY_CORE) {
            Collections.addAll(command, "taskset", "-c", String.valueOf(core));
        }
        command.add(System.getProperty("java.home") + "/bin/java");
        Collections.addAll(command, "-Xms1g", "-Xmx1g", "-XX:+UseG1GC");
        for (String opened : new String[] {"java.util", "java.lang", "java.net", "java.nio"}) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        Collections.addAll(command, "-cp", System.getProperty("java.class.path"), main.getName());
        Collections.addAll(command, args);
        process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log))
                        .start();
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line it prints. */
    String readLine() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException(name + " ended without an answer; see " + log);
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be called in the child: makes it end with its parent. */
    static void endWithParent() {
        daemon(
                () -> {
                    while (System.in.read() >= 0) {
                        // Nothing is ever sent.
                    }
                    Runtime.getRuntime().halt(1);
                });
    }

    /** To be called in the child: makes it end after some time, whatever it does. */
    static void endAfter(long millis) {
        daemon(
                () -> {
                    Thread.sleep(millis);
                    System.err.println("took longer than " + millis + " ms");
                    Runtime.getRuntime().halt(1);
                });
    }

    /** What a thread runs. */
    interface Task {
        void run() throws Exception;
    }

    /** Runs a task on a thread that does not keep the JVM alive; the JVM ends if it fails. */
    static void daemon(Task task) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                task.run();
                            } catch (Throwable t) {
                                t.printStackTrace();
                                Runtime.getRuntime().halt(1);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }
}

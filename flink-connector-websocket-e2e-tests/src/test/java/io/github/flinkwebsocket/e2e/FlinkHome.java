package io.github.flinkwebsocket.e2e;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Flink installation of its own in a new folder: configuration, logs, state, and a lib/ that adds
 * to the distribution's. The folder stays for whoever looks for the reason of a failure.
 */
final class FlinkHome {

    /** What every process gets: a start that is quick and small matters more than peak speed. */
    static final List<String> JVM_ARGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * What processes that run main programs need on Java 17, on 1.20 and on 2.x: JobManagers, if
     * jars come by REST, and clients. Of what Flink's own configuration opens, nothing else is
     * needed here, and nothing on TaskManagers.
     */
    static final String OPEN_FOR_PROGRAMS = "--add-opens=java.base/java.util=ALL-UNNAMED";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String WATCH = ChildMain.class.getName().replace('.', '/') + ".class";

    private final FlinkVersion version;
    private final Path folder;
    private final Map<String, String> config = new TreeMap<>();

    private FlinkHome(FlinkVersion version, Path folder) {
        this.version = version;
        this.folder = folder;
    }

    static FlinkHome create(FlinkVersion version) throws IOException {
        Path folder =
                Path.of(System.getProperty("e2e.logs"))
                        .resolve(
                                String.format(
                                        "%s-%d-%d",
                                        version,
                                        ProcessHandle.current().pid(),
                                        NUMBER.incrementAndGet()));
        FlinkHome home = new FlinkHome(version, folder);
        Files.createDirectories(home.conf());
        Files.createDirectories(folder.resolve("lib"));
        home.copyParentWatch();
        home.writeLogging();
        home.set("execution.checkpointing.interval", "500 ms");
        home.set("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
        home.set("restart-strategy.type", "fixed-delay");
        home.set("restart-strategy.fixed-delay.attempts", "1000");
        home.set("restart-strategy.fixed-delay.delay", "500 ms");
        home.set("io.tmp.dirs", Files.createDirectories(home.tmp()).toString());
        return home;
    }

    /** Adds a jar to lib/; before the processes start. */
    FlinkHome addJar(Path jar) throws IOException {
        Files.copy(jar, folder.resolve("lib").resolve(jar.getFileName()));
        return this;
    }

    /** Sets a value of config.yaml; processes that are started later see it. */
    FlinkHome set(String key, String value) throws IOException {
        config.put(key, value);
        String yaml =
                config.entrySet().stream()
                        .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n")
                        .collect(Collectors.joining());
        Files.writeString(conf().resolve("config.yaml"), yaml);
        return this;
    }

    String get(String key) {
        return config.get(key);
    }

    Path folder() {
        return folder;
    }

    Path conf() {
        return folder.resolve("conf");
    }

    Path tmp() {
        return folder.resolve("tmp");
    }

    /** Deletes what killed processes could not, a hundred megabytes of unpacked jars. */
    void deleteTmp() throws IOException {
        try (Stream<Path> files = Files.walk(tmp())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(file);
            }
        }
    }

    FlinkVersion version() {
        return version;
    }

    /** The class path of the cluster's processes. */
    String classPath() {
        return String.join(
                File.pathSeparator,
                folder.resolve("watch").toString(),
                folder.resolve("lib") + "/*",
                version.distribution() + "/lib/*");
    }

    /** The class path of clients: the same, and opt/. */
    String clientClassPath() {
        return classPath() + File.pathSeparator + version.distribution() + "/opt/*";
    }

    /** The class path of the tests must not leak into Flink, so the one class is copied. */
    private void copyParentWatch() throws IOException {
        Path target = folder.resolve("watch").resolve(WATCH);
        Files.createDirectories(target.getParent());
        try (InputStream in = ChildMain.class.getClassLoader().getResourceAsStream(WATCH)) {
            Files.copy(in, target);
        }
    }

    private void writeLogging() throws IOException {
        Files.write(
                conf().resolve("log4j.properties"),
                List.of(
                        "rootLogger.level = INFO",
                        "rootLogger.appenderRef.console.ref = Console",
                        "appender.console.name = Console",
                        "appender.console.type = CONSOLE",
                        "appender.console.layout.type = PatternLayout",
                        "appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p [%t] %c{1} - %m%n"));
    }
}

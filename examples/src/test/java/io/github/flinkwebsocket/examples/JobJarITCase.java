package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the jar that {@code flink run} takes, and what is not. */
class JobJarITCase {

    private static final Path JAR = Path.of(System.getProperty("job.jar"));

    @Test
    void itHasTheJobsTheConnectorAndWhatTheyNeedButNotFlink() throws Exception {
        assertThat(entries())
                .doesNotHaveDuplicates()
                .contains(
                        "io/github/flinkwebsocket/examples/FeedJob.class",
                        "io/github/flinkwebsocket/examples/MarketBarsJob.class",
                        "io/github/flinkwebsocket/source/WebSocketSource.class",
                        "sql/two-feeds.sql",
                        "META-INF/services/org.apache.flink.table.factories.Factory")
                .anyMatch(name -> name.startsWith("org/java_websocket/"))
                .anyMatch(name -> name.startsWith("com/fasterxml/jackson/databind/"))
                .anyMatch(name -> name.startsWith("org/snakeyaml/engine/"))
                .noneMatch(name -> name.startsWith("org/apache/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"));
    }

    @Test
    void withoutAClassTheFeedJobRuns() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.github.flinkwebsocket.examples.FeedJob");
        }
    }

    @Test
    void theNoticeNamesWhatIsInside() throws Exception {
        String notice = read("META-INF/NOTICE");

        assertThat(notice).startsWith("flink-connector-websocket-examples").doesNotContain("${");
        for (String library :
                List.of(
                        "jackson-annotations",
                        "jackson-core",
                        "jackson-databind",
                        "aircompressor",
                        "msgpack-core",
                        "snakeyaml-engine",
                        "Java-WebSocket")) {
            assertThat(notice).contains(":" + library + ":");
        }
        assertThat(read("META-INF/LICENSE")).contains("Apache License");
        assertThat(entries()).contains("META-INF/licenses/LICENSE.java-websocket");
    }

    private static List<String> entries() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .collect(Collectors.toList());
        }
    }

    private static String read(String name) throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

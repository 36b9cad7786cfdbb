package io.github.flinkwebsocket.sql;

import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the jar that users put into {@code lib/}, and what is not. */
class SqlJarITCase {

    private static final Path JAR = Path.of(System.getProperty("sql.jar"));
    private static final String OURS = "io/github/flinkwebsocket/";

    @Test
    void allClassesAreOursOrMovedIntoOurPackage() throws Exception {
        assertThat(entries())
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith(OURS))
                .anyMatch(name -> name.startsWith(OURS + "shaded/org/java_websocket/"))
                .anyMatch(name -> name.startsWith(OURS + "shaded/com/fasterxml/jackson/core/"))
                .anyMatch(name -> name.startsWith(OURS + "shaded/com/fasterxml/jackson/databind/"))
                .anyMatch(name -> name.startsWith(OURS + "shaded/io/airlift/compress/zstd/"))
                .anyMatch(name -> name.startsWith(OURS + "shaded/org/msgpack/"));
    }

    @Test
    void besidesThereAreOnlyLicensesAndTheFactory() throws Exception {
        assertThat(entries())
                .filteredOn(name -> !name.startsWith(OURS))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/licenses/LICENSE.java-websocket",
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                        "META-INF/Schubfach-LICENSE",
                        "META-INF/services/org.apache.flink.table.factories.Factory");
        assertThat(read("META-INF/LICENSE")).contains("Apache License");
        assertThat(read("META-INF/NOTICE")).startsWith("flink-sql-connector-websocket");
        assertThat(read("META-INF/services/org.apache.flink.table.factories.Factory").trim())
                .isEqualTo("io.github.flinkwebsocket.table.WebSocketDynamicTableFactory");
    }

    @Test
    void noClassRefersToALibraryWhereItWas() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (JarEntry entry : jar.stream().collect(Collectors.toList())) {
                if (entry.getName().endsWith(".class")) {
                    String constants = content(jar, entry);
                    for (String library :
                            Set.of(
                                    "org/java_websocket/",
                                    "com/fasterxml/",
                                    "io/airlift/",
                                    "org/msgpack/")) {
                        assertThat(constants.replace(OURS + "shaded/" + library, ""))
                                .as("%s in %s", library, entry.getName())
                                .doesNotContain(library);
                    }
                }
            }
        }
    }

    /** Or the library's loggers would not be found, and log credentials. */
    @Test
    void loggingIsTheOneOfFlink() throws Exception {
        assertThat(read(OURS + "shaded/org/java_websocket/WebSocketImpl.class"))
                .contains("Lorg/slf4j/Logger;");
        assertThat(read(OURS + "connection/LibraryLog.class"))
                .contains("org/slf4j/Logger", "org/slf4j/helpers/NOPLogger")
                .doesNotContain("shaded/org/slf4j");
    }

    @Test
    void flinkFindsTheFactoryAndItLoads() throws Exception {
        DynamicTableSourceFactory factory =
                FactoryUtil.discoverFactory(
                        SqlJarITCase.class.getClassLoader(),
                        DynamicTableSourceFactory.class,
                        "websocket");
        assertThat(factory.getClass().getProtectionDomain().getCodeSource().getLocation())
                .isEqualTo(JAR.toUri().toURL());
        assertThat(factory.requiredOptions()).isNotEmpty();
    }

    private static Set<String> entries() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .collect(Collectors.toSet());
        }
    }

    private static String read(String name) throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return content(jar, jar.getJarEntry(name));
        }
    }

    private static String content(JarFile jar, JarEntry entry) throws Exception {
        try (InputStream in = jar.getInputStream(entry)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            in.transferTo(bytes);
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}

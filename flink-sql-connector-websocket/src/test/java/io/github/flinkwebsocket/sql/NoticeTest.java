package io.github.flinkwebsocket.sql;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the NOTICE of the jar says, against what the build puts into it. */
class NoticeTest {

    private static final Pattern ARTIFACT = Pattern.compile("(?m)^- [\\w.-]+:([\\w-]+:[\\w.-]+)$");

    /** The names of the jars that are bundled, with any version. */
    private static final List<String> BUNDLED =
            List.of(
                    "jackson-annotations",
                    "jackson-core",
                    "jackson-databind",
                    "aircompressor",
                    "msgpack-core",
                    "Java-WebSocket");

    @Test
    void listsEveryBundledArtifactWithItsVersion() throws Exception {
        TreeSet<String> listed = new TreeSet<>();
        Matcher matcher = ARTIFACT.matcher(notice());
        while (matcher.find()) {
            listed.add(matcher.group(1).replace(':', '-') + ".jar");
        }
        assertThat(listed).isEqualTo(bundledJars());
    }

    private static TreeSet<String> bundledJars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> new File(path).getName())
                .filter(NoticeTest::isBundled)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isBundled(String jar) {
        return BUNDLED.stream().anyMatch(name -> jar.matches(name + "-[0-9].*\\.jar"));
    }

    private static String notice() throws Exception {
        // By its path: other jars have a resource of this name.
        return Files.readString(Path.of("target/classes/META-INF/NOTICE"));
    }
}

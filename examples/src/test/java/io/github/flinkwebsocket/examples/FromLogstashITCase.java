package io.github.flinkwebsocket.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody sees who runs {@code ./from-logstash}. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class FromLogstashITCase {

    @TempDir Path folder;

    @Test
    void printsNothingButJavaCodeWithoutTheValuesOfVariables() throws Exception {
        Process script =
                start("input { websocket { url => 'wss://feed.example/?token=${TOKEN}' } }");
        String out = read(script);

        assertThat(script.waitFor()).isZero();
        assertThat(out)
                .startsWith("import io.github.flinkwebsocket.feed.ErrorPolicy;\n")
                .contains(
                        ".setUrls(\"wss://feed.example/?token=\""
                                + " + Objects.requireNonNull(System.getenv(\"TOKEN\"), \"TOKEN\"))")
                .endsWith(".build();\n")
                .doesNotContain("s3cret");
    }

    @Test
    void wrongFileEndsItWithOneAndThePlace() throws Exception {
        Process script = start("input { websocket { } }");

        assertThat(read(script)).isEmpty();
        assertThat(script.waitFor()).isEqualTo(1);
        assertThat(folder.resolve("err"))
                .hasContent(
                        folder.resolve("pipeline.conf") + ":1:9: The setting 'url' is missing.");
    }

    private Process start(String pipeline) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.conf"), pipeline);
        ProcessBuilder script = new ProcessBuilder("../from-logstash", file.toString());
        script.environment().put("TOKEN", "s3cret");
        return script.redirectError(folder.resolve("err").toFile()).start();
    }

    private static String read(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

package io.github.flinkwebsocket.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A part of a page in {@code docs/} that is made from the code, between two comments. Run the tests
 * with {@code -Dupdate.docs=true} to write it; otherwise they compare.
 */
public final class GeneratedDocs {

    /** Compares the part of the page with what it should be, or writes it. */
    public static void check(String page, String part, String expected) throws IOException {
        Path file = docs().resolve(page);
        String text = Files.readString(file);
        String begin = "<!-- begin generated: " + part + " -->\n";
        String end = "<!-- end generated: " + part + " -->";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        assertThat(from).as("'%s' is in %s", begin, page).isGreaterThanOrEqualTo(begin.length());
        assertThat(to).as("'%s' is in %s", end, page).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("update.docs")) {
            Files.write(
                    file,
                    (text.substring(0, from) + expected + text.substring(to))
                            .getBytes(StandardCharsets.UTF_8));
        } else {
            assertThat(text.substring(from, to))
                    .as("%s of docs/%s; run with -Dupdate.docs=true to write it", part, page)
                    .isEqualTo(expected);
        }
    }

    /** The folder of the docs, from the folder of any module. */
    public static Path docs() {
        return Paths.get("..", "docs");
    }

    private GeneratedDocs() {}
}

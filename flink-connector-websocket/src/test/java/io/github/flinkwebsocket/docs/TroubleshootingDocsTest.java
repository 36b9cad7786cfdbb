package io.github.flinkwebsocket.docs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The messages that the docs explain are those of the code, in tables with the head "Message". */
class TroubleshootingDocsTest {

    private static final String ANY = "\u2026";
    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)` \\|.*");

    @Test
    void everyMessageIsOneOfTheCode() throws Exception {
        String sources = sources();
        List<String> messages = messages();
        assertThat(messages).hasSizeGreaterThan(40);
        assertThat(messages)
                .filteredOn(
                        message ->
                                !sources.contains(
                                        message.replaceAll("^" + ANY + "|" + ANY + "$", "")))
                .as("messages that are not in the code any more")
                .isEmpty();
    }

    @Test
    void messagesAreFoundHoweverTheCodePutsThemTogether() {
        assertThat(asShown("\"one \"\n    + \"message\"")).isEqualTo("\"one message\"");
        assertThat(asShown("\"the file '\" + path + \"' is gone\""))
                .isEqualTo("\"the file '\u2026' is gone\"");
        assertThat(asShown("\"%s: {} and %d\"")).isEqualTo("\"\u2026: \u2026 and \u2026\"");
    }

    private static List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        boolean ours = false;
        for (DocPage page : DocPage.all()) {
            if (!page.name().equals("docs/troubleshooting.md")) {
                continue;
            }
            for (String line : page.proseLines()) {
                Matcher message = MESSAGE.matcher(line);
                if (line.startsWith("| Message |")) {
                    ours = true;
                } else if (!line.startsWith("|")) {
                    ours = false;
                } else if (ours && message.matches()) {
                    messages.add(message.group(1));
                }
            }
        }
        return messages;
    }

    /** All code of the connector, with messages as users see them. */
    private static String sources() throws IOException {
        Path code = GeneratedDocs.docs().resolve("../flink-connector-websocket/src/main/java");
        try (Stream<Path> files = Files.walk(code)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TroubleshootingDocsTest::read)
                    .map(TroubleshootingDocsTest::asShown)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins the pieces of a message, and marks what is filled in. */
    private static String asShown(String code) {
        return code.replaceAll("\"\\s*\\+\\s*\"", "")
                .replaceAll("\"\\s*\\+[^\";]*\\+\\s*\"", ANY)
                .replaceAll("%[sd]|\\{}", ANY);
    }
}

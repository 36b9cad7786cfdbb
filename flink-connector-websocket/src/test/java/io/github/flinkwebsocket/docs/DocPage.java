package io.github.flinkwebsocket.docs;

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

/** A page that people read: {@code README.md}, {@code CONTRIBUTING.md} or one of {@code docs/}. */
public final class DocPage {

    private static final Pattern FENCE = Pattern.compile("^\\s*```(\\w*)\\s*$");

    private final Path file;
    private final List<CodeBlock> blocks = new ArrayList<>();
    private final List<String> proseLines = new ArrayList<>();

    private DocPage(Path file) {
        this.file = file;
        try {
            read(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them. */
    public static List<DocPage> all() throws IOException {
        Path docs = GeneratedDocs.docs();
        try (Stream<Path> files = Files.list(docs)) {
            return Stream.concat(
                            Stream.of("../README.md", "../CONTRIBUTING.md").map(docs::resolve),
                            files.filter(file -> file.toString().endsWith(".md")).sorted())
                    .map(Path::normalize)
                    .map(DocPage::new)
                    .collect(Collectors.toList());
        }
    }

    private void read(List<String> lines) {
        StringBuilder code = null;
        String language = "";
        int start = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                if (code == null) {
                    proseLines.add(lines.get(i));
                } else {
                    code.append(lines.get(i)).append('\n');
                }
            } else if (code == null) {
                code = new StringBuilder();
                language = fence.group(1);
                start = i + 2;
            } else {
                blocks.add(new CodeBlock(name(), start, language, code.toString()));
                code = null;
            }
        }
        assertThat(code).as("open block of %s", name()).isNull();
    }

    public Path file() {
        return file;
    }

    /** Its path from the project's folder. */
    public String name() {
        return GeneratedDocs.docs().resolve("..").normalize().relativize(file).toString();
    }

    /** The blocks in this language. */
    public List<CodeBlock> blocks(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .collect(Collectors.toList());
    }

    /** The lines outside of blocks. */
    public List<String> proseLines() {
        return proseLines;
    }

    @Override
    public String toString() {
        return name();
    }
}

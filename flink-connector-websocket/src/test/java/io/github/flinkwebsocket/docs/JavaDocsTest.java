package io.github.flinkwebsocket.docs;

import io.github.flinkwebsocket.testing.JavaCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java code of the docs compiles: classes as they are, with their imports; statements in the
 * {@link SnippetContext}; what begins with a dot as calls of a builder.
 */
class JavaDocsTest {

    private static final String IMPORTS =
            List.of(
                            "io.github.flinkwebsocket.credentials",
                            "io.github.flinkwebsocket.feed",
                            "io.github.flinkwebsocket.message",
                            "io.github.flinkwebsocket.message.event",
                            "io.github.flinkwebsocket.position",
                            "io.github.flinkwebsocket.source",
                            "org.apache.flink.api.common.eventtime",
                            "org.apache.flink.configuration",
                            "org.apache.flink.formats.json",
                            "org.apache.flink.streaming.api.datastream",
                            "org.apache.flink.streaming.api.environment",
                            "java.time",
                            "java.util")
                    .stream()
                    .map(name -> "import " + name + ".*; ")
                    .collect(Collectors.joining());

    private static final Pattern CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");
    private static final Pattern BEFORE_CODE = Pattern.compile("import .*|//.*|\\s*");

    @TempDir Path folder;

    @Test
    void codeOfAllPagesCompiles() throws Exception {
        Map<String, CodeBlock> blocks = new LinkedHashMap<>();
        Map<String, String> files = new LinkedHashMap<>();
        for (DocPage page : DocPage.all()) {
            for (CodeBlock block : page.blocks("java")) {
                Matcher type = CLASS.matcher(block.code());
                boolean complete = type.find();
                String name = complete ? type.group(1) : "Snippet" + blocks.size();
                blocks.put(name, block);
                files.put(name, complete ? block.code() : inContext(name, block.code()));
            }
        }
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(10);
        assertThat(errors(blocks, JavaCode.compile(folder, files))).isEmpty();
    }

    @Test
    void errorIsToldByPageAndLine() throws Exception {
        CodeBlock block = new CodeBlock("page.md", 7, "java", "int a = 1;\nint b = \"\";\n");
        Map<String, String> files = Map.of("Bad", inContext("Bad", block.code()));

        assertThat(errors(Map.of("Bad", block), JavaCode.compile(folder, files)))
                .singleElement()
                .asString()
                .startsWith("page.md:8: incompatible types");
    }

    /** Leaves every line where it is. */
    private static String inContext(String name, String code) {
        String head =
                String.format(
                        "abstract class %s extends %s { void code() throws Exception { ",
                        name, SnippetContext.class.getName());
        List<String> lines =
                new ArrayList<>(code.stripTrailing().lines().collect(Collectors.toList()));
        int first = 0;
        while (first < lines.size() && BEFORE_CODE.matcher(lines.get(first)).matches()) {
            first++;
        }
        String line = lines.get(first);
        lines.set(first, head + (line.strip().startsWith(".") ? "builder" : "") + line);
        String body = String.join("\n", lines);
        return IMPORTS + body + (body.matches("(?s).*[;}]") ? "" : ";") + "\n}}\n";
    }

    private static List<String> errors(
            Map<String, CodeBlock> blocks, List<Diagnostic<? extends JavaFileObject>> found) {
        return found.stream()
                .map(
                        error -> {
                            String file = error.getSource().getName();
                            String name = file.replaceAll(".*/|\\.java$", "");
                            return blocks.get(name).place(error.getLineNumber())
                                    + ": "
                                    + error.getMessage(Locale.ENGLISH);
                        })
                .collect(Collectors.toList());
    }
}

package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes names, strings and comments of Flink SQL. Any thread. */
@Internal
public final class SqlText {

    /** What the parsers of Flink 1.20 and 2.3 do not take as a name. */
    private static final Set<String> RESERVED = reservedWords();

    private static Set<String> reservedWords() {
        try (InputStream in = SqlText.class.getResourceAsStream("reserved-words.txt");
                BufferedReader words =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return words.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a text can be a name at all. */
    public static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= 128
                && text.codePoints().allMatch(SqlText::isVisible);
    }

    /** A name, in backticks if it needs them. */
    public static String name(String text) {
        boolean plain =
                text.matches("[A-Za-z][A-Za-z0-9_]*")
                        && !RESERVED.contains(text.toUpperCase(Locale.ROOT));
        return plain ? text : "`" + text.replace("`", "``") + "`";
    }

    /** A string literal. */
    public static String string(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Text on one line: what is not visible becomes a blank, and what is too long is cut. */
    public static String line(String text, int maxLength) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(maxLength + 1L)
                .forEach(c -> line.appendCodePoint(isVisible(c) ? c : ' '));
        return line.codePointCount(0, line.length()) <= maxLength
                ? line.toString()
                : line.substring(0, line.offsetByCodePoints(0, maxLength)) + "...";
    }

    private static boolean isVisible(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.SURROGATE:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
                return false;
            default:
                return true;
        }
    }

    private SqlText() {}
}

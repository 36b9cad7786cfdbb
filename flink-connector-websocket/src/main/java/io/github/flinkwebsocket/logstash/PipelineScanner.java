package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.logstash.PipelineTree.Scalar;

import org.apache.flink.annotation.Internal;

import java.util.function.IntPredicate;

/**
 * Cuts a pipeline file into names, strings and signs, from front to back. Which of them may follow
 * is for {@link PipelineParser} to say. Used by one thread.
 */
@Internal
final class PipelineScanner {

    private static final int END = -1;

    private final PipelineText source;
    private final String text;
    private int offset;

    PipelineScanner(PipelineText source) {
        this.source = source;
        this.text = source.toString();
    }

    int offset() {
        return offset;
    }

    /** Goes back to a place where it was before. */
    void reset(int earlierOffset) {
        offset = earlierOffset;
    }

    boolean atEnd() {
        return offset == text.length();
    }

    boolean at(char c) {
        return peek() == c;
    }

    boolean atQuote() {
        return at('"') || at('\'');
    }

    private int peek() {
        return atEnd() ? END : text.charAt(offset);
    }

    /** Goes on if this comes next. */
    boolean take(String expected) {
        if (!text.startsWith(expected, offset)) {
            return false;
        }
        offset += expected.length();
        return true;
    }

    /** Goes on behind this, or fails. */
    void expect(String expected) {
        if (!take(expected)) {
            throw unexpected("'" + expected + "'");
        }
    }

    /** Goes on behind one character. */
    void skip() {
        offset++;
    }

    /** Goes on behind blanks, line ends and comments. */
    void skipBlanks() {
        while (true) {
            takeWhile(c -> c == ' ' || c == '\t' || c == '\r' || c == '\n');
            if (!at('#')) {
                return;
            }
            takeWhile(c -> c != '\r' && c != '\n');
        }
    }

    /** The name of a plugin or a setting without quotes; empty if none comes next. */
    String name() {
        return takeWhile(c -> isWordCharacter(c) || c == '-');
    }

    /** A value or key without quotes, right or not; empty if none comes next. */
    String bare() {
        return takeWhile(c -> isWordCharacter(c) || c == '-' || c == '.');
    }

    private static boolean isWordCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }

    private String takeWhile(IntPredicate condition) {
        int start = offset;
        while (!atEnd() && condition.test(peek())) {
            offset++;
        }
        return text.substring(start, offset);
    }

    /**
     * A text in quotes. A backslash keeps the quote behind it from ending the text, and both stay
     * in the text: so does Logstash unless config.support_escapes is set. Otherwise a backslash
     * means nothing.
     */
    Scalar string() {
        int start = offset;
        String content = quoted("The string");
        return new Scalar(start, content, start + 1);
    }

    /** A regular expression between slashes. */
    void skipRegexp() {
        quoted("The regular expression");
    }

    private String quoted(String what) {
        int start = offset;
        int quote = peek();
        skip();
        while (!atEnd()) {
            int c = peek();
            skip();
            if (c == quote) {
                return text.substring(start + 1, offset - 1);
            }
            if (c == '\\' && peek() == quote) {
                skip();
            }
        }
        throw source.error(start, what + " has no end.");
    }

    /** A reference to a field in brackets, if one comes next. */
    boolean takeSelector() {
        int start = offset;
        skip();
        String name = takeWhile(c -> c != '[' && c != ']' && c != ',');
        if (!name.isEmpty() && take("]")) {
            return true;
        }
        offset = start;
        return false;
    }

    /** The error that something else should come next. */
    LogstashSyntaxException unexpected(String expected) {
        return source.error(offset, "Expected " + expected + ", found " + next() + ".");
    }

    private String next() {
        if (atEnd()) {
            return "the end of the file";
        }
        int c = text.codePointAt(offset);
        if (Character.isISOControl(c) || Character.isSpaceChar(c)) {
            return String.format("the character U+%04X", c);
        }
        int start = offset;
        String word = bare();
        offset = start;
        return "'" + (word.isEmpty() ? Character.toString(c) : word) + "'";
    }
}

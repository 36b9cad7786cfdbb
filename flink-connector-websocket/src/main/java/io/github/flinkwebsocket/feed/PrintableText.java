package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

/**
 * Makes text of others safe to print: what would break a line, move the cursor or turn the
 * direction of writing becomes an escape, as in Java. Any thread.
 */
@Internal
public final class PrintableText {

    private static final String MORE = "...";

    /** The text with escapes in the place of what can't be seen; the same one if there is none. */
    public static String escape(String text) {
        if (text.codePoints().allMatch(PrintableText::isPrintable)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            if (isPrintable(c)) {
                                escaped.appendCodePoint(c);
                            } else {
                                escape(c, escaped);
                            }
                        });
        return escaped.toString();
    }

    private static void escape(int c, StringBuilder to) {
        int letter = "\n\r\t".indexOf(c);
        if (letter >= 0) {
            to.append('\\').append("nrt".charAt(letter));
            return;
        }
        for (char unit : Character.toChars(c)) {
            to.append(String.format("\\u%04x", (int) unit));
        }
    }

    /** Whether a character is neither a control, nor invisible, nor half of one. */
    static boolean isPrintable(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL:
            case Character.FORMAT: // such as the marks of directions
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
            case Character.SURROGATE:
                return false;
            default:
                return true;
        }
    }

    /** The text, with its end left out if it is longer than this. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max - MORE.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + MORE;
    }

    private PrintableText() {}
}

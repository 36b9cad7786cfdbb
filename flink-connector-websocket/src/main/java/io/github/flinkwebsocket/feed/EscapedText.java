package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads text in which backslashes stand for characters that are hard to write. Any thread. */
@Internal
final class EscapedText {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.|$)");
    private static final String LETTERS = "nrt0\\";
    private static final String CHARACTERS = "\n\r\t\0\\";

    /** The value of the option {@code message.separator}. */
    static String separator(String text) {
        if (text.isEmpty()) {
            throw invalid(text, "it must not be empty");
        }
        Matcher matcher = ESCAPE.matcher(text);
        StringBuilder unescaped = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    unescaped, Matcher.quoteReplacement(character(text, matcher.group(1))));
        }
        return matcher.appendTail(unescaped).toString();
    }

    private static String character(String text, String escape) {
        if (escape.length() == 5) {
            return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
        }
        int letter = escape.isEmpty() ? -1 : LETTERS.indexOf(escape.charAt(0));
        if (letter < 0) {
            throw invalid(text, "a backslash must be followed by n, r, t, 0, \\ or u and 4 digits");
        }
        return CHARACTERS.substring(letter, letter + 1);
    }

    private static IllegalArgumentException invalid(String text, String allowed) {
        return InvalidOption.value(WebSocketOptions.MESSAGE_SEPARATOR, text, allowed);
    }

    private EscapedText() {}
}

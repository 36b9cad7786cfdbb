package io.github.flinkwebsocket.table;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.ValidationException;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads lists of URLs and of messages. Flink's own lists break at every {@code ;} and take a JSON
 * array for a list, so they would cut up what is to be sent. Runs where the query is planned.
 */
@Internal
final class TextLists {

    private static final String URL_SEPARATOR = "\\s*;\\s*(?=(?i:wss?)://)";
    private static final char QUOTE = '\'';

    private final String option;
    private final String text;
    private final List<String> messages = new ArrayList<>();

    private TextLists(String option, String text) {
        this.option = option;
        this.text = text;
    }

    /** URLs end where {@code ;} is followed by another URL. */
    static List<String> urls(String text) {
        return List.of(text.trim().split(URL_SEPARATOR));
    }

    /**
     * Messages end at a {@code ;} that is not within double quotes, braces or brackets. A message
     * in single quotes may hold anything; a single quote within is doubled.
     *
     * @param option goes into the error, other than the text, which may be secret
     */
    static List<String> messages(String option, String text) {
        return new TextLists(option, text).readMessages();
    }

    private List<String> readMessages() {
        for (int start = 0; start < text.length(); ) {
            int first = skipBlanks(start);
            if (first < text.length() && text.charAt(first) == QUOTE) {
                start = quoted(first);
            } else {
                int end = endOfUnquoted(start);
                if (start == 0 && end == text.length()) {
                    return List.of(text);
                }
                add(text.substring(start, end).trim());
                start = end + 1;
            }
        }
        return messages;
    }

    private int quoted(int first) {
        StringBuilder message = new StringBuilder();
        for (int i = first + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != QUOTE) {
                message.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == QUOTE) {
                message.append(QUOTE);
                i++;
            } else {
                int next = skipBlanks(i + 1);
                if (next < text.length() && text.charAt(next) != ';') {
                    throw invalid(first, "is followed by more than a ';'");
                }
                add(message.toString());
                return next + 1;
            }
        }
        throw invalid(first, "has no end");
    }

    /** The index of the separator, or the end of the text. */
    private int endOfUnquoted(int start) {
        int depth = 0;
        boolean string = false;
        int separatorWithin = -1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (string) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    string = false;
                }
            } else if (c == '"') {
                string = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            if (c == ';') {
                if (!string && depth <= 0) {
                    return i;
                }
                separatorWithin = i;
            }
        }
        if ((string || depth > 0) && separatorWithin >= 0) {
            throw new ValidationException(
                    String.format(
                            "The option '%s' has a ';' as character %d, but it is not clear whether it"
                                    + " separates two messages: a double quote, brace or bracket before"
                                    + " it is never closed. Put the message into single quotes.",
                            option, separatorWithin + 1));
        }
        return text.length();
    }

    private void add(String message) {
        if (!message.isEmpty()) {
            messages.add(message);
        }
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private ValidationException invalid(int quote, String what) {
        return new ValidationException(
                String.format(
                        "The option '%s' has a message in single quotes that begins as character %d and"
                                + " %s. Within it, single quotes must be doubled.",
                        option, quote + 1, what));
    }
}

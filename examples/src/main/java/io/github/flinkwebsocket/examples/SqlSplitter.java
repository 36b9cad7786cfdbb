package io.github.flinkwebsocket.examples;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a text of SQL apart at the semicolons that are not within quotes, and leaves comments out;
 * hints stay. Used by one thread.
 */
final class SqlSplitter {

    private final String text;
    private final List<String> statements = new ArrayList<>();
    private StringBuilder statement = new StringBuilder();

    private SqlSplitter(String text) {
        this.text = text;
    }

    static List<String> split(String text) {
        return new SqlSplitter(text).split();
    }

    private List<String> split() {
        for (int i = 0; i < text.length(); ) {
            i = next(i);
        }
        end();
        return statements;
    }

    /** Reads what begins at this index; returns where the next thing begins. */
    private int next(int start) {
        char first = text.charAt(start);
        if (first == ';') {
            end();
            return start + 1;
        }
        if (text.startsWith("--", start)) {
            return endOf("\n", start); // the line break stays
        }
        if (text.startsWith("/*", start) && !text.startsWith("/*+", start)) {
            statement.append(' ');
            int end = endOf("*/", start + 2);
            return Math.min(text.length(), end + 2);
        }
        int end =
                first == '\'' || first == '"' || first == '`'
                        ? Math.min(text.length(), endOf(String.valueOf(first), start + 1) + 1)
                        : start + 1;
        statement.append(text, start, end);
        return end;
    }

    /** Where this is found from there on, or the end of the text. Doubled quotes need no care. */
    private int endOf(String what, int from) {
        int end = text.indexOf(what, from);
        return end < 0 ? text.length() : end;
    }

    private void end() {
        String trimmed = statement.toString().trim();
        if (!trimmed.isEmpty()) {
            statements.add(trimmed);
        }
        statement = new StringBuilder();
    }
}

package io.github.flinkwebsocket.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text, printed aligned or as Markdown; the first two columns hold words. */
final class Table {

    private static final int WORDS = 2;

    private final List<String[]> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(titles);
    }

    void add(String... cells) {
        rows.add(cells);
    }

    /** Aligned with blanks. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String blanks = " ".repeat(width(i) - row[i].length());
                line.append(i < WORDS ? row[i] + blanks : blanks + row[i]).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
            if (row == rows.get(0)) {
                text.append("|---".repeat(WORDS))
                        .append("|---:".repeat(row.length - WORDS))
                        .append("|\n");
            }
        }
        return text.toString();
    }

    private int width(int column) {
        return Collections.max(
                rows.stream().map(row -> row[column].length()).collect(Collectors.toList()));
    }
}

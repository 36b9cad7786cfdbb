package io.github.flinkwebsocket.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Shows results: as text, as Markdown within a page, as a chart. */
final class Report {

    private static final String BEGIN = "<!-- measured: begin -->\n";
    private static final String END = "<!-- measured: end -->\n";

    private final Table rows =
            new Table("messages", "receiver", "µs CPU/message", "compared", "B allocated/message");
    private final Table targets = new Table("target", "limit", "measured", "met");
    private final String machine;
    private boolean disturbed;

    Report(Results results, String machine) {
        this.machine = machine;
        for (Case measured : results.cases()) {
            if (measured.row != null) {
                addRow(results, measured);
            }
        }
        for (Target target : Target.all(results)) {
            targets.add(
                    target.what,
                    target.limitText(),
                    target.measuredText(),
                    target.met() ? "yes" : "NO");
        }
    }

    private void addRow(Results results, Case measured) {
        Row to =
                measured.rate > 0
                        ? Row.BARE
                        : measured.row == Row.SOURCE_ROWS || measured.row == Row.NAIVE_ROWS
                                ? Row.NAIVE_ROWS
                                : Row.STOCK;
        Case other = measured.rate > 0 ? Case.paced(to) : Case.saturated(to, measured.size);
        disturbed |= results.kept(measured) < 0.98;
        double micros = results.micros(measured);
        double ratio = micros / results.micros(other);
        String name = to == Row.BARE ? "bare" : to == Row.STOCK ? "stock" : "naive RowData";
        rows.add(
                measured.sizeText() + (measured.rate > 0 ? ", 20,000/s" : ""),
                measured.row.title,
                format("%.3f", micros),
                Double.isNaN(ratio) ? "" : format("%.2f × ", ratio) + name,
                format("%.0f", results.bytes(measured)));
    }

    static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    String text() {
        return "\n" + head() + "\n\n" + rows.text() + "\n" + targets.text();
    }

    private String head() {
        return disturbed
                ? machine + " The sender did not keep its pace: other programs took the cores."
                : machine;
    }

    /** Replaces what is between the markers of a page; makes the page if it is not there. */
    void writeMarkdown(Path page) throws IOException {
        String old = Files.exists(page) ? Files.readString(page) : BEGIN + END;
        int from = old.indexOf(BEGIN);
        int to = old.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException(page + " lacks the lines " + BEGIN.trim() + ", " + END.trim());
        }
        Files.writeString(
                page,
                old.substring(0, from + BEGIN.length())
                        + head()
                        + "\n\n"
                        + rows.markdown()
                        + "\n"
                        + targets.markdown()
                        + old.substring(to));
    }
}

package io.github.flinkwebsocket.examples;

import java.io.PrintStream;

/** What the demo shows: lines, and a table head now and then. Thread-safe. */
final class DemoConsole {

    private static final int ROWS_PER_HEADER = 20;

    private final PrintStream out;
    private String header;
    private int rows;

    DemoConsole(PrintStream out) {
        this.out = out;
    }

    /** Prints this above the first row and above every twentieth from then on. */
    synchronized void setHeader(String newHeader) {
        header = newHeader;
    }

    /** Prints a record on one line; what would move the cursor is shown as a blank. */
    synchronized void row(Object record) {
        if (header != null && rows++ % ROWS_PER_HEADER == 0) {
            out.println();
            out.println(header);
        }
        out.println(record.toString().replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", " "));
    }

    /** Prints a line that is no record. */
    synchronized void line(String format, Object... args) {
        out.println(String.format(format, args));
    }

    /** Whether nobody reads on, as behind {@code | head}. */
    boolean isGone() {
        return out.checkError();
    }
}

package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.PublicEvolving;

/** Says what is wrong in a pipeline file, and where. Thrown where the file is read. */
@PublicEvolving
public final class LogstashSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int line;
    private final int column;

    LogstashSyntaxException(String reason, int line, int column) {
        super("Line " + line + ", column " + column + ": " + reason);
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    /** What is wrong, without the place. */
    public String getReason() {
        return reason;
    }

    /** The line, from 1. */
    public int getLine() {
        return line;
    }

    /** The column, in characters from 1. */
    public int getColumn() {
        return column;
    }
}

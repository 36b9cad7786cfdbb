package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.PublicEvolving;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Says what is wrong in a pipeline file, and where: the first error of its syntax, or all errors of
 * its settings. Thrown where the file is read.
 */
@PublicEvolving
public final class LogstashSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int line;
    private final int column;
    private final List<LogstashSyntaxException> all;

    LogstashSyntaxException(String reason, int line, int column) {
        super("Line " + line + ", column " + column + ": " + reason);
        this.reason = reason;
        this.line = line;
        this.column = column;
        this.all = List.of();
    }

    /** Several errors in one; the first is the one that it shows first. */
    LogstashSyntaxException(List<LogstashSyntaxException> all) {
        super(all.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
        LogstashSyntaxException first = all.get(0);
        this.reason = first.reason;
        this.line = first.line;
        this.column = first.column;
        this.all = List.copyOf(all);
    }

    /** All errors, each by itself, in the order of the file; at least one. */
    public List<LogstashSyntaxException> getAll() {
        return all.isEmpty() ? List.of(this) : all;
    }

    /** What is wrong first, without the place. */
    public String getReason() {
        return reason;
    }

    /** The line of the first error, from 1. */
    public int getLine() {
        return line;
    }

    /** The column of the first error, in characters from 1. */
    public int getColumn() {
        return column;
    }
}

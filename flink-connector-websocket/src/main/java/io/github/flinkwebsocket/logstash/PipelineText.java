package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.Internal;

/** The text of a pipeline file, which knows its lines and columns. Immutable; any thread. */
@Internal
final class PipelineText {

    private final String text;

    PipelineText(String text) {
        this.text = text;
    }

    /** An error at this place of the text. */
    LogstashSyntaxException error(int offset, String reason) {
        return new LogstashSyntaxException(reason, line(offset), column(offset));
    }

    /** The line of this place, from 1. */
    int line(int offset) {
        return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private int column(int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        return 1 + text.codePointCount(start, offset);
    }

    @Override
    public String toString() {
        return text;
    }
}

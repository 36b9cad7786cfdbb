package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.Internal;

/**
 * Finds the end of a condition. What it asks for does not matter, only that braces in strings,
 * regular expressions and field references do not count. Used by one thread.
 */
@Internal
final class PipelineCondition {

    /** Goes on to the brace behind the condition. */
    static void skip(PipelineScanner scanner) {
        scanner.skipBlanks();
        int start = scanner.offset();
        while (!scanner.at('{')) {
            if (scanner.atEnd() || scanner.at('}')) {
                throw scanner.unexpected("'{' after the condition");
            }
            if (scanner.atQuote()) {
                scanner.string();
            } else if (scanner.at('/')) {
                scanner.skipRegexp();
            } else if (!scanner.at('[') || !scanner.takeSelector()) {
                scanner.skip();
            }
            scanner.skipBlanks();
        }
        if (scanner.offset() == start) {
            throw scanner.unexpected("a condition");
        }
    }

    private PipelineCondition() {}
}

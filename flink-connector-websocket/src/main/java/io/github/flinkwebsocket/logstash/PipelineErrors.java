package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with the settings of a file, so that all of it is said at once. */
@Internal
final class PipelineErrors {

    private final List<LogstashSyntaxException> errors = new ArrayList<>();

    void add(LogstashSyntaxException error) {
        errors.add(error);
    }

    /** What this gives; null if it is wrong, which is noted. */
    @Nullable
    <T> T attempt(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LogstashSyntaxException e) {
            add(e);
            return null;
        }
    }

    /**
     * @throws LogstashSyntaxException if anything was wrong; it has all errors, in the file's order
     */
    void throwAny() {
        errors.sort(
                Comparator.comparingInt(LogstashSyntaxException::getLine)
                        .thenComparingInt(LogstashSyntaxException::getColumn));
        if (!errors.isEmpty()) {
            throw errors.size() == 1 ? errors.get(0) : new LogstashSyntaxException(errors);
        }
    }
}

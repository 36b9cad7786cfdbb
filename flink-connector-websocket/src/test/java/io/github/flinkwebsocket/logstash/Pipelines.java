package io.github.flinkwebsocket.logstash;

import org.apache.flink.configuration.Configuration;

import java.util.List;
import java.util.Map;

/** Reads pipelines for tests. */
final class Pipelines {

    static final String URL = "url => 'wss://feed.example/'\n";

    /** Reads a file with these variables set. */
    static List<LogstashInput> parse(String text, Map<String, String> environment) {
        return LogstashInput.parse(text, environment::get);
    }

    static List<LogstashInput> parse(String text) {
        return parse(text, Map.of());
    }

    /** Reads a file that has one input. */
    static LogstashInput parseOne(String text, Map<String, String> environment) {
        List<LogstashInput> inputs = parse(text, environment);
        if (inputs.size() != 1) {
            throw new AssertionError("There are " + inputs.size() + " inputs.");
        }
        return inputs.get(0);
    }

    /** Reads an input that has a URL and these settings. */
    static LogstashInput input(String settings, Map<String, String> environment) {
        return parseOne("input { websocket {\n" + URL + settings + "\n} }", environment);
    }

    static LogstashInput input(String settings) {
        return input(settings, Map.of());
    }

    static Configuration options(String settings) {
        return input(settings).options();
    }

    private Pipelines() {}
}

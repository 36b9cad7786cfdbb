package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.probe.analysis.FeedAnalysis;
import io.github.flinkwebsocket.probe.analysis.SqlText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the CREATE TABLE statement. Main thread. */
@Internal
final class TableStatement {

    private static final String EVENT_TIME = "event_time";

    private final ProbeArguments arguments;
    private final FeedAnalysis analysis;
    private final Secrets secrets;

    TableStatement(ProbeArguments arguments, FeedAnalysis analysis, Secrets secrets) {
        this.arguments = arguments;
        this.analysis = analysis;
        this.secrets = secrets;
    }

    /** The statement, with a semicolon at its end. */
    String write() {
        return "CREATE TABLE "
                + SqlText.name(arguments.table())
                + " (\n  "
                + String.join(",\n  ", columns())
                + "\n) WITH (\n  "
                + options().entrySet().stream()
                        .map(o -> SqlText.string(o.getKey()) + " = " + SqlText.string(o.getValue()))
                        .collect(Collectors.joining(",\n  "))
                + "\n);\n";
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>();
        analysis.columns().forEach((name, type) -> columns.add(SqlText.name(name) + " " + type));
        // What these options add must have a column.
        if (isSet(WebSocketOptions.ADD_FIELD)) {
            columns.add(metadata("fields", "MAP<STRING, STRING>", "fields"));
        }
        if (isSet(WebSocketOptions.TAGS)) {
            columns.add(metadata("tags", "ARRAY<STRING>", "tags"));
        }
        if (isSet(WebSocketOptions.TYPE)) {
            columns.add(metadata("type", "STRING", "type"));
        }
        if ("emit".equalsIgnoreCase(arguments.options().get(WebSocketOptions.ERROR_POLICY.key()))) {
            columns.add(metadata("error", "STRING", "error"));
        }
        columns.add(metadata(EVENT_TIME, "TIMESTAMP_LTZ(3)", "event-time"));
        String time = unused(EVENT_TIME);
        columns.add(
                String.format(
                        "WATERMARK FOR %s AS %s - INTERVAL '%d' SECOND",
                        time, time, analysis.watermarkSeconds()));
        return columns;
    }

    private boolean isSet(ConfigOption<?> option) {
        return arguments.options().keySet().stream()
                .anyMatch(key -> key.equals(option.key()) || key.startsWith(option.key() + "."));
    }

    private String metadata(String name, String type, String key) {
        return SqlText.name(unused(name))
                + " "
                + type
                + " METADATA FROM "
                + SqlText.string(key)
                + " VIRTUAL";
    }

    /** The name, unless a field of the records has it. */
    private String unused(String name) {
        String unused = name;
        while (analysis.columns().containsKey(unused)) {
            unused += "_";
        }
        return unused;
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", "websocket");
        options.put(WebSocketOptions.URL.key(), secrets.url(arguments.url()));
        if (!arguments.openMessages().isEmpty()) {
            options.put(
                    WebSocketOptions.OPEN_MESSAGES.key(),
                    list(
                            arguments.openMessages().stream()
                                    .map(secrets::message)
                                    .collect(Collectors.toList())));
        }
        arguments.options().forEach((key, value) -> options.put(key, secrets.option(key, value)));
        options.putAll(analysis.options());
        options.putAll(analysis.formatOptions());
        return options;
    }

    /** The table takes one plain message as it is; quotes keep others whole. */
    private static String list(List<String> messages) {
        String first = messages.get(0);
        if (messages.size() == 1 && !first.contains(";") && !first.matches("(?s)\\s*'.*")) {
            return first;
        }
        return messages.stream().map(SqlText::string).collect(Collectors.joining(";"));
    }
}

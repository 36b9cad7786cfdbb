package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.probe.analysis.FeedAnalysis;
import io.github.flinkwebsocket.probe.analysis.SqlText;

import org.apache.flink.annotation.Internal;

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
        String time = EVENT_TIME;
        while (analysis.columns().containsKey(time)) {
            time += "_";
        }
        columns.add(time + " TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL");
        columns.add(
                String.format(
                        "WATERMARK FOR %s AS %s - INTERVAL '%d' SECOND",
                        time, time, analysis.watermarkSeconds()));
        return columns;
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

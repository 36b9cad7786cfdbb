package io.github.flinkwebsocket.e2e;

import java.util.List;
import java.util.stream.Collectors;

/** What tests of the jar for SQL share: a table over the server, and one over the records. */
abstract class SqlScenario extends NumbersScenario {

    /**
     * The numbers of these paths, from the position or else from 1. A number is also the second
     * that it belongs to.
     *
     * @param options pairs for the WITH clause
     */
    String createNumbers(List<String> paths, String... options) {
        StringBuilder with = new StringBuilder();
        for (int i = 0; i < options.length; i += 2) {
            with.append(String.format("  '%s' = '%s',\n", options[i], options[i + 1]));
        }
        return "CREATE TABLE numbers (\n"
                + "  n BIGINT,\n"
                + "  `path` STRING,\n"
                + "  `connection` BIGINT METADATA FROM 'connection-number' VIRTUAL,\n"
                + "  ts AS TO_TIMESTAMP_LTZ(n, 0),\n"
                + "  WATERMARK FOR ts AS ts\n"
                + ") WITH (\n"
                + "  'connector' = 'websocket',\n"
                + ("  'url' = '" + urls(paths, "${position}") + "',\n")
                + ("  'initial-url' = '" + urls(paths, "0") + "',\n")
                + "  'position.pointer' = '/n',\n"
                + "  'reconnect.initial-backoff' = '100 ms',\n"
                + with
                + "  'format' = 'json'\n"
                + ")";
    }

    private String urls(List<String> paths, String from) {
        return paths.stream()
                .map(path -> "ws://127.0.0.1:" + server.port() + path + "?from=" + from)
                .collect(Collectors.joining(";"));
    }

    /** What is inserted is read by {@link #records}, as soon as a checkpoint has committed it. */
    String createRecords() {
        return "CREATE TABLE records (\n"
                + "  `path` STRING,\n"
                + "  n BIGINT,\n"
                + "  `connection` BIGINT\n"
                + ") WITH (\n"
                + "  'connector' = 'filesystem',\n"
                + ("  'path' = '" + records.folder().toUri() + "',\n")
                + "  'sink.rolling-policy.rollover-interval' = '200 ms',\n"
                + "  'sink.rolling-policy.check-interval' = '200 ms',\n"
                + "  'format' = 'csv',\n"
                + "  'csv.field-delimiter' = ' '\n"
                + ")";
    }
}

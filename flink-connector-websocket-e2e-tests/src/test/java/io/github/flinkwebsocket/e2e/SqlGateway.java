package io.github.flinkwebsocket.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Flink's SQL gateway as a process of its own on 127.0.0.1, with one session. Used by one thread at
 * a time.
 */
final class SqlGateway implements AutoCloseable {

    private static final String ENDPOINT = "-Dsql-gateway.endpoint.rest.";

    private final Process process;
    private final RestClient rest;
    private String session;

    SqlGateway(FlinkCluster cluster) throws Exception {
        int port = FlinkCluster.freePort();
        List<String> jvmArgs = new ArrayList<>(FlinkHome.JVM_ARGS);
        jvmArgs.addAll(List.of(FlinkHome.OPEN_FOR_PROGRAMS, "-Xmx512m"));
        process =
                new ProcessRunner(cluster.home())
                        .startClient(
                                "sql-gateway",
                                jvmArgs,
                                "org.apache.flink.table.gateway.SqlGateway",
                                List.of(
                                        ENDPOINT + "address=127.0.0.1",
                                        ENDPOINT + "bind-address=127.0.0.1",
                                        ENDPOINT + "port=" + port));
        rest = new RestClient("127.0.0.1", port);
    }

    /** Waits until the gateway answers, and opens the session. */
    SqlGateway open() {
        Await.until(
                "a session of the SQL gateway",
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("The SQL gateway has ended.");
                    }
                    session =
                            "/v2/sessions/"
                                    + rest.post("/v2/sessions", Map.of())
                                            .get("sessionHandle")
                                            .asText();
                    return true;
                });
        return this;
    }

    /** Executes a statement, and returns the fields of all its rows when there are no more. */
    List<List<String>> execute(String statement) throws Exception {
        JsonNode operation = rest.post(session + "/statements", Map.of("statement", statement));
        String next =
                session
                        + "/operations/"
                        + operation.get("operationHandle").asText()
                        + "/result/0?rowFormat=JSON";
        List<List<String>> rows = new ArrayList<>();
        while (next != null) {
            JsonNode page = rest.get(next);
            page.path("results").path("data").forEach(row -> rows.add(fields(row)));
            next = page.path("nextResultUri").asText(null);
            if (page.get("resultType").asText().equals("NOT_READY")) {
                Await.pause(50);
            }
        }
        return rows;
    }

    private static List<String> fields(JsonNode row) {
        List<String> fields = new ArrayList<>();
        row.get("fields").forEach(field -> fields.add(field.asText()));
        return fields;
    }

    /** Closes the session; returns the status that the gateway answers with. */
    String closeSession() throws IOException, InterruptedException {
        return rest.delete(session).get("status").asText();
    }

    @Override
    public void close() {
        ProcessRunner.kill(process);
    }
}

package io.github.flinkwebsocket.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A job on a {@link FlinkCluster}, seen through REST. */
final class Job {

    private static final Set<String> TERMINAL =
            Set.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED");

    private final FlinkCluster cluster;
    private final RestClient rest;
    private final String id;

    Job(FlinkCluster cluster, String id) {
        this.cluster = cluster;
        this.rest = cluster.rest();
        this.id = id;
    }

    String id() {
        return id;
    }

    String status() throws Exception {
        return rest.get("/jobs/" + id).get("state").asText();
    }

    boolean isTerminal() throws Exception {
        return TERMINAL.contains(status());
    }

    /** Waits until each task runs or, having no split, has finished. */
    Job awaitRunning() {
        Await.until(
                "job " + id + " runs; see " + cluster.home().folder(),
                () -> {
                    failIfTerminal();
                    return status().equals("RUNNING")
                            && subtasks().stream()
                                    .allMatch(
                                            s ->
                                                    Set.of("RUNNING", "FINISHED")
                                                            .contains(s.get("status").asText()));
                });
        return this;
    }

    private void failIfTerminal() throws Exception {
        if (isTerminal()) {
            throw new AssertionError(
                    "Job "
                            + id
                            + " is "
                            + status()
                            + ": "
                            + rest.get("/jobs/" + id + "/exceptions"));
        }
    }

    /** The subtasks of the source, which is chained to everything after it. */
    List<JsonNode> subtasks() throws Exception {
        List<JsonNode> subtasks = new ArrayList<>();
        rest.get("/jobs/" + id + "/vertices/" + source()).get("subtasks").forEach(subtasks::add);
        return subtasks;
    }

    private String source() throws Exception {
        return rest.get("/jobs/" + id).get("vertices").get(0).get("id").asText();
    }

    /** The TaskManager that runs a subtask of the source. */
    String taskManager(int subtask) throws Exception {
        return subtasks().get(subtask).get("taskmanager-id").asText();
    }

    /** How many checkpoints have completed, savepoints included, since the JobManager started. */
    long completedCheckpoints() throws Exception {
        return rest.get("/jobs/" + id + "/checkpoints").get("counts").get("completed").asLong();
    }

    /** How often the job was restored since the JobManager started. */
    long restores() throws Exception {
        return rest.get("/jobs/" + id + "/checkpoints").get("counts").get("restored").asLong();
    }

    /** Waits for a checkpoint that begins after now. */
    void awaitCheckpoint() throws Exception {
        // The next one to complete may have begun before.
        long before = completedCheckpoints();
        Await.until("two more checkpoints", () -> completedCheckpoints() >= before + 2);
    }

    /** The values, over all subtasks of the source, of the metrics whose name ends like this. */
    List<Double> metrics(String suffix) throws Exception {
        return metricTexts(suffix).stream().map(Double::valueOf).collect(Collectors.toList());
    }

    /** The same of metrics that are not numbers. */
    List<String> metricTexts(String suffix) throws Exception {
        List<String> values = new ArrayList<>();
        String vertex = "/jobs/" + id + "/vertices/" + source() + "/subtasks/";
        for (int i = 0; i < subtasks().size(); i++) {
            for (JsonNode metric : rest.get(vertex + i + "/metrics")) {
                String name = metric.get("id").asText();
                if (name.endsWith(suffix)) {
                    rest.get(vertex + i + "/metrics?get=" + RestClient.encode(name))
                            .forEach(value -> values.add(value.get("value").asText()));
                }
            }
        }
        return values;
    }

    /** How often Flink restarted the job, wholly or in part. */
    long restarts() throws Exception {
        return rest.get("/jobs/" + id + "/metrics?get=numRestarts").get(0).get("value").asLong();
    }

    /** Stops the job with a savepoint and returns where that is. */
    String stopWithSavepoint(Path folder) throws Exception {
        JsonNode trigger =
                rest.post(
                        "/jobs/" + id + "/stop",
                        Map.of("targetDirectory", folder.toUri().toString(), "drain", false));
        String path = "/jobs/" + id + "/savepoints/" + trigger.get("request-id").asText();
        Await.until(
                "the savepoint of job " + id,
                () -> rest.get(path).get("status").get("id").asText().equals("COMPLETED"));
        JsonNode operation = rest.get(path).get("operation");
        if (!operation.has("location")) {
            throw new IOException("No savepoint: " + operation);
        }
        Await.until("job " + id + " ends", this::isTerminal);
        return operation.get("location").asText();
    }

    void cancel() throws Exception {
        rest.patch("/jobs/" + id);
        Await.until("job " + id + " ends", this::isTerminal);
    }
}

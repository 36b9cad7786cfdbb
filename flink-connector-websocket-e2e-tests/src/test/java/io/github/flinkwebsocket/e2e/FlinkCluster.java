package io.github.flinkwebsocket.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A standalone session cluster on 127.0.0.1: one JobManager and two TaskManagers with two slots
 * each, every one a process that can be killed. Used by one thread at a time.
 */
final class FlinkCluster implements AutoCloseable {

    static final int TASK_MANAGERS = 2;
    private static final int SLOTS = 2;
    private static final Path JOB_JAR = Path.of(System.getProperty("e2e.job.jar"));

    private final FlinkHome home;
    private final ProcessRunner runner;
    private final RestClient rest;
    private final Map<String, Process> taskManagers = new LinkedHashMap<>();
    private Process jobManager;
    private int taskManagersStarted;
    private String jarId;

    private FlinkCluster(FlinkHome home) throws IOException {
        this.home = home;
        this.runner = new ProcessRunner(home);
        int restPort = freePort();
        rest = new RestClient("127.0.0.1", restPort);
        home.set("rest.port", String.valueOf(restPort));
        home.set("jobmanager.rpc.port", String.valueOf(freePort()));
        for (String key :
                List.of(
                        "jobmanager.rpc.address",
                        "jobmanager.bind-host",
                        "rest.address",
                        "rest.bind-address",
                        "taskmanager.host",
                        "taskmanager.bind-host")) {
            home.set(key, "127.0.0.1");
        }
        home.set("heartbeat.interval", "1000");
        home.set("heartbeat.timeout", "5000");
        // The processes start at once, so a TaskManager's first look for the JobManager fails.
        home.set("cluster.registration.error-delay", "500");
        home.set("metrics.fetcher.update-interval", "500");
        // A JobManager that asks a TaskManager for metrics just as that is killed fetches none,
        // from
        // anybody, until the question times out: in ten minutes by default.
        home.set("web.timeout", "30000");
        home.set("web.cancel.enable", "true");
        configureTaskManagers();
    }

    /** Starts all processes, and waits until the slots are there. */
    static FlinkCluster start(FlinkHome home) throws IOException {
        FlinkCluster cluster = new FlinkCluster(home);
        try {
            cluster.startJobManager();
            cluster.startTaskManagers();
            cluster.awaitSlots();
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** A TaskManager that nobody sized wants to know the size of everything. */
    private void configureTaskManagers() throws IOException {
        home.set("taskmanager.numberOfTaskSlots", String.valueOf(SLOTS));
        home.set("taskmanager.cpu.cores", "1.0");
        home.set("taskmanager.memory.framework.heap.size", "128m");
        home.set("taskmanager.memory.task.heap.size", "128m");
        home.set("taskmanager.memory.framework.off-heap.size", "64m");
        home.set("taskmanager.memory.task.off-heap.size", "0m");
        home.set("taskmanager.memory.managed.size", "16m");
        home.set("taskmanager.memory.network.min", "32m");
        home.set("taskmanager.memory.network.max", "32m");
        home.set("taskmanager.memory.jvm-metaspace.size", "192m");
        home.set("taskmanager.memory.jvm-overhead.min", "64m");
        home.set("taskmanager.memory.jvm-overhead.max", "64m");
    }

    void startJobManager() throws IOException {
        jobManager =
                runner.start(
                        "jobmanager",
                        jvmArgs(
                                FlinkHome.OPEN_FOR_PROGRAMS,
                                "-Xmx256m",
                                "-XX:MaxMetaspaceSize=192m"),
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        List.of("-c", home.conf().toString()));
    }

    /** Starts as many TaskManagers as are missing. */
    void startTaskManagers() throws IOException {
        taskManagers.values().removeIf(process -> !process.isAlive());
        while (taskManagers.size() < TASK_MANAGERS) {
            String id = "tm" + ++taskManagersStarted;
            taskManagers.put(
                    id,
                    runner.start(
                            id,
                            jvmArgs(
                                    "-Xmx256m",
                                    "-XX:MaxMetaspaceSize=192m",
                                    "-XX:MaxDirectMemorySize=128m"),
                            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                            List.of(
                                    "-c",
                                    home.conf().toString(),
                                    "-Dtaskmanager.resource-id=" + id)));
        }
    }

    private static List<String> jvmArgs(String... more) {
        List<String> args = new ArrayList<>(FlinkHome.JVM_ARGS);
        args.addAll(List.of(more));
        return args;
    }

    void killTaskManager(String id) {
        ProcessRunner.kill(taskManagers.remove(id));
    }

    void killJobManager() {
        ProcessRunner.kill(jobManager);
    }

    /** The process ids of the TaskManagers that run, by their ids. */
    Map<String, Long> taskManagers() {
        Map<String, Long> pids = new LinkedHashMap<>();
        taskManagers.forEach((id, process) -> pids.put(id, process.pid()));
        return pids;
    }

    /** Waits until all TaskManagers are there, with nothing in their slots. */
    void awaitSlots() {
        Await.until(
                "all slots free; see " + home.folder(),
                () -> {
                    for (Process process : taskManagers.values()) {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("A TaskManager has ended.");
                        }
                    }
                    JsonNode overview = rest.get("/overview");
                    return overview.get("taskmanagers").asInt() == TASK_MANAGERS
                            && overview.get("slots-available").asInt() == TASK_MANAGERS * SLOTS;
                });
    }

    /** Cancels what a test has left, and replaces what it has killed. */
    void reset() throws Exception {
        for (JsonNode job : rest.get("/jobs").get("jobs")) {
            Job left = new Job(this, job.get("id").asText());
            if (!left.isTerminal()) {
                left.cancel();
            }
        }
        startTaskManagers();
        awaitSlots();
    }

    /** Runs the job by REST. */
    Job run(int parallelism, List<String> args) throws Exception {
        return submit(Map.of("parallelism", parallelism, "programArgsList", args));
    }

    /** Runs the job by REST, from a savepoint. */
    Job run(int parallelism, List<String> args, String savepoint) throws Exception {
        return submit(
                Map.of(
                        "parallelism",
                        parallelism,
                        "programArgsList",
                        args,
                        "savepointPath",
                        savepoint));
    }

    private Job submit(Map<String, Object> request) throws Exception {
        if (jarId == null) {
            jarId = rest.upload(JOB_JAR);
        }
        return new Job(this, rest.post("/jars/" + jarId + "/run", request).get("jobid").asText());
    }

    /** Runs the job with the command line client, whose output comes back. */
    ProcessRunner.Outcome runByCommandLine(int parallelism, List<String> args) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "run",
                                "-d",
                                "-p",
                                String.valueOf(parallelism),
                                JOB_JAR.toString()));
        command.addAll(args);
        return runner.run(
                "cli",
                jvmArgs(FlinkHome.OPEN_FOR_PROGRAMS, "-Xmx256m"),
                "org.apache.flink.client.cli.CliFrontend",
                command);
    }

    RestClient rest() {
        return rest;
    }

    FlinkHome home() {
        return home;
    }

    Job job(String id) {
        return new Job(this, id);
    }

    /**
     * A port that is free, and below those that systems give to outgoing connections: a process
     * needs seconds before it binds, and one of those would often be taken by then.
     */
    static int freePort() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Taken; another one.
            }
        }
        throw new IOException("No free port.");
    }

    @Override
    public void close() {
        taskManagers.values().forEach(ProcessRunner::kill);
        if (jobManager != null) {
            ProcessRunner.kill(jobManager);
        }
        try {
            home.deleteTmp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

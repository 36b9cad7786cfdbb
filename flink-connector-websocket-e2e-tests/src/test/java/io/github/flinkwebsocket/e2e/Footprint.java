package io.github.flinkwebsocket.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What all TaskManagers hold: heap after a garbage collection, and threads, as Flink reports. */
final class Footprint {

    private static final String HEAP = "Status.JVM.Memory.Heap.Used";
    private static final String THREADS = "Status.JVM.Threads.Count";
    private static final int ROUNDS = 3;

    final double heapMib;
    final long threads;

    private Footprint(double heapMib, long threads) {
        this.heapMib = heapMib;
        this.threads = threads;
    }

    /** The lowest of a few looks, since the tasks go on working after the collection. */
    static Footprint of(FlinkCluster cluster) throws Exception {
        double heap = Double.MAX_VALUE;
        long threads = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            double heapNow = 0;
            long threadsNow = 0;
            for (Map.Entry<String, Long> taskManager : cluster.taskManagers().entrySet()) {
                collectGarbage(taskManager.getValue());
                heapNow += metric(cluster, taskManager.getKey(), HEAP) / (1024 * 1024);
                threadsNow += (long) metric(cluster, taskManager.getKey(), THREADS);
            }
            heap = Math.min(heap, heapNow);
            threads = Math.min(threads, threadsNow);
        }
        return new Footprint(heap, threads);
    }

    private static void collectGarbage(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, String.valueOf(pid), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    private static double metric(FlinkCluster cluster, String taskManager, String name)
            throws Exception {
        String path = "/taskmanagers/" + taskManager + "/metrics?get=" + name;
        // An answer is as old as the last question; ask until it must be new.
        for (int i = 0; i < 3; i++) {
            cluster.rest().get(path);
            Await.pause(600);
        }
        JsonNode value = cluster.rest().get(path).get(0);
        return value.get("value").asDouble();
    }
}

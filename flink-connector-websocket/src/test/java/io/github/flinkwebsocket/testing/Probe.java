package io.github.flinkwebsocket.testing;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a test sees of a job, and its hand on it: the records, the watermark and the checkpointed
 * state of a {@link ProbeOperator}. Operators find it by its id, so it works in the test's JVM
 * only.
 */
public final class Probe implements AutoCloseable {

    private static final Map<String, Probe> PROBES = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Queue<String> records = new ConcurrentLinkedQueue<>();
    private volatile List<String> counted = List.of();
    private final AtomicInteger checkpoints = new AtomicInteger();
    private volatile long watermark = Long.MIN_VALUE;
    private volatile boolean holding;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String poison = "";

    public Probe() {
        PROBES.put(id, this);
    }

    static Probe find(String id) {
        return PROBES.get(id);
    }

    String id() {
        return id;
    }

    /** All records ever seen, those that were replayed after a failure twice. */
    public List<String> records() {
        return List.copyOf(records);
    }

    /** Waits until so many records have been seen. */
    public List<String> await(int size) {
        Await.until(size + " records arrived", () -> records.size() >= size);
        return records();
    }

    /** Waits for a record. */
    public void await(String record) {
        Await.until("'" + record + "' arrived", () -> records.contains(record));
    }

    /**
     * The records as the operator's state has them: what was undone by a failure is not there. Only
     * for a probe of parallelism 1.
     */
    public List<String> counted() {
        return counted;
    }

    /** Waits until so many more checkpoints are complete, counted once for each subtask. */
    public void awaitCheckpoints(int more) {
        int enough = checkpoints.get() + more;
        Await.until("checkpoints are complete", () -> checkpoints.get() >= enough);
    }

    /** The last watermark. */
    public long watermark() {
        return watermark;
    }

    /** Makes the operator block at its next record, until {@link #release()}. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /** Waits until the operator blocks. */
    public void awaitHolding() {
        Await.until("the operator is held", () -> holding);
    }

    public void release() {
        gate.countDown();
    }

    /** Makes the operator throw at this record. */
    public void poison(String record) {
        poison = record;
    }

    // ------------------------------------------------------------------ called by the operator

    void record(String record) throws InterruptedException {
        if (record.equals(poison)) {
            throw new IllegalStateException("The probe does not like " + record + ".");
        }
        records.add(record);
        holding = gate.getCount() > 0;
        gate.await();
        holding = false;
    }

    void counted(List<String> now) {
        counted = List.copyOf(now);
    }

    void checkpoint() {
        checkpoints.incrementAndGet();
    }

    void watermark(long now) {
        watermark = now;
    }

    @Override
    public void close() {
        release();
        PROBES.remove(id);
    }
}

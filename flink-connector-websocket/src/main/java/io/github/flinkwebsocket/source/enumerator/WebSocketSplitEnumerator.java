package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Plans one split for each endpoint and spreads them evenly over the readers. The set is fixed for
 * the life of the job, so each reader is told at once that no more will come; one without a split
 * ends and holds nothing back. Runs on the JobManager, on the coordinator's thread alone.
 */
@Internal
public final class WebSocketSplitEnumerator
        implements SplitEnumerator<WebSocketSplit, WebSocketEnumeratorState> {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSplitEnumerator.class);

    private final SplitEnumeratorContext<WebSocketSplit> context;
    private final Feed feed;
    private final Set<String> assigned = new HashSet<>();

    /** What waits for a reader, by the subtask that is to have it; the gauge reads it, too. */
    private final Map<Integer, List<WebSocketSplit>> unassigned = new ConcurrentSkipListMap<>();

    /**
     * @param restored the state of a checkpoint, or null for a job that starts from nothing
     */
    public WebSocketSplitEnumerator(
            SplitEnumeratorContext<WebSocketSplit> context,
            Feed feed,
            @Nullable WebSocketEnumeratorState restored) {
        this.context = context;
        this.feed = feed;
        List<WebSocketSplit> waiting = restored == null ? freshSplits() : reconcile(restored);
        for (int i = 0; i < waiting.size(); i++) {
            pending(i % context.currentParallelism()).add(waiting.get(i));
        }
    }

    private List<WebSocketSplit> freshSplits() {
        return feed.endpoints().stream()
                .map(endpoint -> WebSocketSplit.fresh(endpoint.id()))
                .collect(Collectors.toList());
    }

    /** Endpoints may have been added to the feed or removed from it since the checkpoint. */
    private List<WebSocketSplit> reconcile(WebSocketEnumeratorState restored) {
        Map<String, WebSocketSplit> known = new HashMap<>();
        restored.unassigned().forEach(split -> known.put(split.splitId(), split));
        List<WebSocketSplit> waiting = new ArrayList<>();
        for (Endpoint endpoint : feed.endpoints()) {
            if (restored.assigned().contains(endpoint.id())) {
                assigned.add(endpoint.id());
            } else if (known.containsKey(endpoint.id())) {
                waiting.add(known.get(endpoint.id()));
            } else {
                LOG.info(
                        "{} ({}) is new since the checkpoint.",
                        feed.nameOfSplit(endpoint.id()),
                        endpoint);
                waiting.add(WebSocketSplit.fresh(endpoint.id()));
            }
        }
        restored.assigned().forEach(this::logIfGone);
        restored.unassigned().forEach(split -> logIfGone(split.splitId()));
        return waiting;
    }

    private void logIfGone(String id) {
        if (feed.endpoint(id) == null) {
            LOG.info(
                    "{}, of the checkpoint, is gone: no URL of the feed matches it.",
                    feed.nameOfSplit(id));
        }
    }

    private List<WebSocketSplit> pending(int subtask) {
        return unassigned.computeIfAbsent(subtask, s -> new ArrayList<>());
    }

    @Override
    public void start() {
        context.metricGroup()
                .setUnassignedSplitsGauge(
                        () -> unassigned.values().stream().mapToLong(List::size).sum());
    }

    @Override
    public void addReader(int subtask) {
        List<WebSocketSplit> splits = unassigned.remove(subtask);
        if (splits != null && !splits.isEmpty()) {
            splits.forEach(split -> assigned.add(split.splitId()));
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
        }
        context.signalNoMoreSplits(subtask);
    }

    /** The splits go back to the reader that had them; it registers again after its failure. */
    @Override
    public void addSplitsBack(List<WebSocketSplit> splits, int subtask) {
        splits.forEach(split -> assigned.remove(split.splitId()));
        pending(subtask).addAll(splits);
        if (context.registeredReaders().containsKey(subtask)) {
            addReader(subtask);
        }
    }

    /** Readers do not ask: they are given their splits when they register. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public WebSocketEnumeratorState snapshotState(long checkpointId) {
        List<WebSocketSplit> waiting = new ArrayList<>();
        unassigned.values().forEach(waiting::addAll);
        return new WebSocketEnumeratorState(assigned, waiting);
    }

    @Override
    public void close() {}
}

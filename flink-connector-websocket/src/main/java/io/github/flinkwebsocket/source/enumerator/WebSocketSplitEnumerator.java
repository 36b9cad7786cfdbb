package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.source.split.NoSplitEvent;
import io.github.flinkwebsocket.source.split.TaggedFields;
import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Plans one split for each endpoint and spreads them evenly over the readers. Only if the source is
 * bounded are they told that no more will come: a reader that ends makes a finished subtask, and
 * Flink refuses checkpoints of a vertex that has some and union list state. Runs on the JobManager,
 * on the coordinator's thread alone.
 */
@Internal
public final class WebSocketSplitEnumerator
        implements SplitEnumerator<WebSocketSplit, WebSocketEnumeratorState> {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSplitEnumerator.class);

    private final SplitEnumeratorContext<WebSocketSplit> context;
    private final Feed feed;
    private final boolean bounded;

    /** What readers have, as it was assigned, by split id. */
    private final Map<String, WebSocketSplit> assigned = new LinkedHashMap<>();

    private final TaggedFields unknown;

    /** What waits for a reader, by the subtask that is to have it; the gauge reads it, too. */
    private final Map<Integer, List<WebSocketSplit>> unassigned = new ConcurrentSkipListMap<>();

    /**
     * @param bounded whether the source comes to an end
     * @param restored the state of a checkpoint, or null for a job that starts from nothing
     */
    public WebSocketSplitEnumerator(
            SplitEnumeratorContext<WebSocketSplit> context,
            Feed feed,
            boolean bounded,
            @Nullable WebSocketEnumeratorState restored) {
        this.context = context;
        this.feed = feed;
        this.bounded = bounded;
        this.unknown = restored == null ? new TaggedFields() : restored.unknown();
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
        Map<String, WebSocketSplit> owned = byEndpoint(restored.assigned());
        Map<String, WebSocketSplit> known = byEndpoint(restored.unassigned());
        List<WebSocketSplit> waiting = new ArrayList<>();
        for (Endpoint endpoint : feed.endpoints()) {
            WebSocketSplit split = owned.remove(endpoint.id());
            if (split != null) {
                assigned.put(split.splitId(), split);
                continue;
            }
            split = known.remove(endpoint.id());
            if (split == null) {
                LOG.info(
                        "{} ({}) is new since the checkpoint.",
                        feed.nameOfSplit(endpoint.id()),
                        endpoint);
                split = WebSocketSplit.fresh(endpoint.id());
            }
            waiting.add(split);
        }
        owned.values().forEach(this::logGone);
        known.values().forEach(this::logGone);
        return waiting;
    }

    private static Map<String, WebSocketSplit> byEndpoint(List<WebSocketSplit> splits) {
        Map<String, WebSocketSplit> byEndpoint = new LinkedHashMap<>();
        splits.forEach(split -> byEndpoint.put(split.endpointId(), split));
        return byEndpoint;
    }

    private void logGone(WebSocketSplit split) {
        LOG.info(
                "{}, of the checkpoint, is gone: no URL of the feed matches it.",
                feed.nameOfSplit(split.splitId()));
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
            List<WebSocketSplit> given = isFirstAttempt() ? splits : restarted(splits);
            given.forEach(split -> assigned.put(split.splitId(), split));
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, given)));
        } else if (!bounded) {
            context.sendEventToSourceReader(subtask, new NoSplitEvent());
        }
        if (bounded) {
            context.signalNoMoreSplits(subtask);
        }
    }

    /** An earlier attempt, of whatever subtask, may have read what no checkpoint knows of. */
    private boolean isFirstAttempt() {
        return context.registeredReadersOfAttempts().values().stream()
                .flatMap(attempts -> attempts.keySet().stream())
                .allMatch(attempt -> attempt == 0);
    }

    private static List<WebSocketSplit> restarted(List<WebSocketSplit> splits) {
        return splits.stream()
                .map(split -> split.with().restarted(true).build())
                .collect(Collectors.toList());
    }

    /** The splits go back to the reader that had them; it registers again after its failure. */
    @Override
    public void addSplitsBack(List<WebSocketSplit> splits, int subtask) {
        splits.forEach(split -> assigned.remove(split.splitId()));
        pending(subtask).addAll(restarted(splits));
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
        return new WebSocketEnumeratorState(assigned.values(), waiting, unknown);
    }

    @Override
    public void close() {}
}

package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.RecordEnricher;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.metrics.ReaderMetrics;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.session.ConnectLimiter;
import io.github.flinkwebsocket.session.ControlThread;
import io.github.flinkwebsocket.session.SplitSessions;
import io.github.flinkwebsocket.source.split.NoSplitEvent;
import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Keeps the connections of its splits and emits what they receive: takes batches straight from the
 * {@link Mailbox}, a message at each {@link #pollNext}. All methods run on the task thread.
 *
 * @param <T> the type of the records
 */
@Internal
public final class WebSocketSourceReader<T> implements SourceReader<T, WebSocketSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSourceReader.class);

    private static final CompletableFuture<Void> AVAILABLE =
            CompletableFuture.completedFuture(null);

    private final Feed feed;
    private final Mailbox mailbox;
    private final ReaderMetrics metrics;
    private final MessageEmitter<T> emitter;
    private final ControlThread control;
    private final ConnectLimiter limiter;
    private final Map<String, SplitContext<T>> splits = new LinkedHashMap<>();

    /** Splits that Flink has opened outputs for, and that are no more. */
    private final List<String> goneSplits = new ArrayList<>();

    private final EndedSessions endedSessions = new EndedSessions();

    /** The split whose batch is being emitted. */
    @Nullable private SplitContext<T> active;

    private final long recordLimit;
    private boolean noMoreSplits;

    /** Whether the enumerator has not yet said what there is for this reader. */
    private boolean expectsSplit = true;

    /** Whether Flink knows that no watermark is to be expected. */
    private boolean idle;

    /**
     * @param schema has been opened
     * @param extractor null if the feed uses no position
     * @param enricher null for none
     * @param recordLimit how many records end all splits; {@link Long#MAX_VALUE} for no limit
     */
    public WebSocketSourceReader(
            Feed feed,
            WebSocketDeserializationSchema<T> schema,
            @Nullable PositionExtractor extractor,
            @Nullable RecordEnricher<T> enricher,
            long recordLimit,
            SourceReaderContext context) {
        this.feed = feed;
        this.recordLimit = recordLimit;
        this.mailbox = new Mailbox(feed.mailbox());
        this.metrics =
                new ReaderMetrics(
                        context.metricGroup(),
                        feed,
                        mailbox::pendingMessages,
                        mailbox::pendingBytes,
                        mailbox::usage);
        this.emitter = new MessageEmitter<>(feed, schema, extractor, enricher, metrics);
        this.limiter = new ConnectLimiter(feed.connectRate(), context.currentParallelism());
        this.control =
                new ControlThread(
                        "websocket-control-" + context.getIndexOfSubtask(), mailbox::fail);
    }

    /** Sessions start with their splits. */
    @Override
    public void start() {
        if (feed.connection().tls().insecure()) {
            LOG.warn(
                    "'{}' is true: the servers of {} are not verified, and anyone on the way can read"
                            + " and change what they send.",
                    WebSocketOptions.TLS_INSECURE.key(),
                    feed);
        }
    }

    @Override
    public void addSplits(List<WebSocketSplit> added) {
        expectsSplit = false;
        idle = false;
        for (WebSocketSplit split : added) {
            Endpoint endpoint = feed.endpoint(split.endpointId());
            if (endpoint == null) {
                LOG.info(
                        "{}, of the checkpoint, is gone: no URL of the feed matches it.",
                        feed.nameOfSplit(split.splitId()));
                goneSplits.add(split.splitId());
            } else {
                startSplit(split, endpoint);
            }
        }
    }

    private void startSplit(WebSocketSplit split, Endpoint endpoint) {
        SplitQueue queue = mailbox.add(split.splitId());
        SplitContext<T> added = new SplitContext<>(split, queue, System.currentTimeMillis());
        added.sessions =
                new SplitSessions(feed, endpoint, control, limiter, queue, added.progress());
        added.metrics =
                metrics.split(added.id, added.sessions.status(), queue::dropped, queue::overflows);
        splits.put(added.id, added);
        added.sessions.start(added.past());
    }

    /** {@link NoSplitEvent} is the only one there is. */
    @Override
    public void handleSourceEvents(SourceEvent event) {
        expectsSplit = false;
        mailbox.wakeUp();
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        mailbox.wakeUp();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        if (!goneSplits.isEmpty()) {
            goneSplits.forEach(id -> release(output.createOutputForSplit(id), id, output));
            goneSplits.clear();
        }
        if (active != null && active.paused) {
            mailbox.putBack(active.queue);
            active = null;
        }
        if (active == null && !takeBatch(output)) {
            return statusOfNothing(output);
        }
        emitOne(output);
        return active != null || takeBatch(output)
                ? InputStatus.MORE_AVAILABLE
                : statusOfNothing(output);
    }

    /** A reader without a split must not hold back the watermark of those that have some. */
    private InputStatus statusOfNothing(ReaderOutput<T> output) {
        if (!splits.isEmpty()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (noMoreSplits) {
            // Or the end of event time, which Flink emits next, is left out as that of an idle one.
            output.markActive();
            return InputStatus.END_OF_INPUT;
        }
        if (!expectsSplit && !idle) {
            output.markIdle();
            idle = true;
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    private void emitOne(ReaderOutput<T> output) throws IOException {
        SplitContext<T> split = active;
        WebSocketMessage message = split.queue.taken.pollFirst();
        long recordsBefore = emitter.decodedRecords();
        String position = emitter.emit(message, split.lastEventTime(), split.output(output));
        boolean madeRecord = emitter.decodedRecords() > recordsBefore;
        split.emitted(message, madeRecord, position, emitter.lastEventTime());
        if (emitter.emittedRecords() >= recordLimit) {
            LOG.info("All splits are finished: the limit of the query is reached.");
            List.copyOf(splits.values()).forEach(each -> finish(each, output));
            active = null;
        } else if (split.emittedMessages() >= feed.bounds().messages()) {
            LOG.info("{} is finished: 'bounded.messages' is reached.", feed.nameOfSplit(split.id));
            finish(split, output);
            active = null;
        } else if (split.queue.taken.isEmpty()) {
            active = null;
        }
    }

    /** Makes the split of the next batch active, and ends those that have come to their end. */
    private boolean takeBatch(ReaderOutput<T> output) throws Exception {
        for (SplitQueue queue = mailbox.poll(); queue != null; queue = mailbox.poll()) {
            SplitContext<T> split = splits.get(queue.splitId);
            if (!queue.taken.isEmpty()) {
                active = split;
                return true;
            }
            if (queue.failure != null) {
                throw queue.failure;
            }
            finish(split, output);
        }
        return false;
    }

    private void finish(SplitContext<T> split, ReaderOutput<T> output) {
        splits.remove(split.id);
        mailbox.remove(split.queue);
        split.sessions.finish();
        endedSessions.add(split.sessions);
        split.metrics.close();
        release(split.output(output), split.id, output);
    }

    /** Flink takes the outputs of splits together for active until they say that they are not. */
    private void release(SourceOutput<T> ofSplit, String id, ReaderOutput<T> output) {
        if (!noMoreSplits) {
            ofSplit.markIdle();
        }
        output.releaseOutputForSplit(id);
    }

    /**
     * Done while a batch is being emitted, too: Flink asks not only after NOTHING_AVAILABLE, but
     * also when a record has filled its network buffers.
     */
    @Override
    public CompletableFuture<Void> isAvailable() {
        return active == null ? mailbox.isAvailable() : AVAILABLE;
    }

    @Override
    public List<WebSocketSplit> snapshotState(long checkpointId) {
        return splits.values().stream().map(SplitContext::toSplit).collect(Collectors.toList());
    }

    /** A paused split is not emitted; its connection lives on, and its mailbox share fills up. */
    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        pause.forEach(id -> setPaused(id, true));
        resume.forEach(id -> setPaused(id, false));
    }

    private void setPaused(String id, boolean paused) {
        SplitContext<T> split = splits.get(id);
        if (split == null) {
            return;
        }
        split.paused = paused;
        mailbox.setPaused(split.queue, paused);
    }

    @Override
    public void close() throws Exception {
        mailbox.close();
        splits.values().forEach(split -> endedSessions.add(split.sessions));
        try {
            endedSessions.close();
        } finally {
            splits.values().forEach(split -> split.metrics.close());
            control.close();
        }
    }
}

package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.metrics.SplitMetrics;
import io.github.flinkwebsocket.session.SplitPast;
import io.github.flinkwebsocket.session.SplitProgress;
import io.github.flinkwebsocket.session.SplitSessions;
import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

import javax.annotation.Nullable;

/**
 * What a reader holds of one split. Task thread, but for the position.
 *
 * @param <T> the type of the records
 */
@Internal
final class SplitContext<T> {

    final String id;
    final SplitQueue queue;
    boolean paused;
    SplitSessions sessions;
    SplitMetrics metrics;

    /** Where its records go; kept here because looking it up costs as much as emitting. */
    @Nullable private SourceOutput<T> output;

    /** What the reader was given; what this reader does not change is written again. */
    private final WebSocketSplit given;

    private final long startTime;
    private long emittedMessages;
    private long lastEventTime;

    /** Read by the control thread when it connects again. */
    private final SplitProgress progress;

    /**
     * @param now becomes the start time if the split has none
     */
    SplitContext(WebSocketSplit split, SplitQueue queue, long now) {
        this.id = split.splitId();
        this.given = split;
        this.queue = queue;
        this.progress = new SplitProgress(split.position());
        this.emittedMessages = split.emittedMessages();
        this.lastEventTime = split.lastEventTime();
        this.startTime = split.startTime() == WebSocketSplit.NO_TIME ? now : split.startTime();
    }

    SourceOutput<T> output(ReaderOutput<T> readerOutput) {
        if (output == null) {
            output = readerOutput.createOutputForSplit(id);
        }
        return output;
    }

    /**
     * A message has been emitted; a null position leaves the last one.
     *
     * @param eventTime that of its last record that had one, or of an earlier one
     */
    void emitted(
            WebSocketMessage message,
            boolean madeRecord,
            @Nullable String newPosition,
            long eventTime) {
        emittedMessages++;
        lastEventTime = eventTime;
        progress.emitted(message.arrival(), madeRecord, newPosition);
    }

    long emittedMessages() {
        return emittedMessages;
    }

    long startTime() {
        return startTime;
    }

    /** That of the last record that had one, or {@link WebSocketSplit#NO_TIME}. */
    long lastEventTime() {
        return lastEventTime;
    }

    /**
     * Whether messages may have been missed before this reader: another has read from the split,
     * and its records since the checkpoint, if there was one, are not known here.
     */
    boolean isResumed() {
        return given.restarted() || given.startTime() != WebSocketSplit.NO_TIME;
    }

    SplitProgress progress() {
        return progress;
    }

    SplitPast past() {
        return new SplitPast(startTime, isResumed(), given.everLive(), given.lastRead());
    }

    /** What waits in the mailbox is lost with the reader, or asked for again. */
    private long lastRead() {
        if (queue.isEmpty()) {
            return sessions.lastRead();
        }
        Arrival emitted = progress.lastEmitted();
        return emitted == null ? given.lastRead() : emitted.receiveTime();
    }

    /** The split as a checkpoint keeps it. */
    WebSocketSplit toSplit() {
        return given.with()
                .position(progress.position())
                .emittedMessages(emittedMessages)
                .startTime(startTime)
                .lastEventTime(lastEventTime)
                .everLive(sessions.status().everLive())
                .lastRead(lastRead())
                .restarted(false)
                .build();
    }
}

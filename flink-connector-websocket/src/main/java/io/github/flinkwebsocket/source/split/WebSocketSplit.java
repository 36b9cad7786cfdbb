package io.github.flinkwebsocket.source.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceSplit;

import javax.annotation.Nullable;

import java.util.Objects;

/**
 * The unit of work: one logical connection, and how far it has come. Names its endpoint by an id
 * and holds no URL and no secret. Immutable; any thread.
 */
@Internal
public final class WebSocketSplit implements SourceSplit {

    /** The start time of a split that no reader has started. */
    public static final long NOT_STARTED = -1;

    private final String id;
    @Nullable private final String position;
    private final long emittedMessages;
    private final long startTime;

    /**
     * @param id the id of the endpoint
     * @param position that of the last emitted message, or null if there is none
     * @param emittedMessages how many messages have been emitted
     * @param startTime when a reader first started it, in epoch milliseconds, or {@link
     *     #NOT_STARTED}
     */
    public WebSocketSplit(
            String id, @Nullable String position, long emittedMessages, long startTime) {
        this.id = Objects.requireNonNull(id);
        this.position = position;
        this.emittedMessages = emittedMessages;
        this.startTime = startTime;
    }

    /** A split that nothing has been read of. */
    public static WebSocketSplit fresh(String id) {
        return new WebSocketSplit(id, null, 0, NOT_STARTED);
    }

    @Override
    public String splitId() {
        return id;
    }

    @Nullable
    public String position() {
        return position;
    }

    public long emittedMessages() {
        return emittedMessages;
    }

    public long startTime() {
        return startTime;
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof WebSocketSplit)) {
            return false;
        }
        WebSocketSplit other = (WebSocketSplit) o;
        return id.equals(other.id)
                && Objects.equals(position, other.position)
                && emittedMessages == other.emittedMessages
                && startTime == other.startTime;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, position, emittedMessages, startTime);
    }

    @Override
    public String toString() {
        return "WebSocketSplit{" + id + ", " + emittedMessages + " messages emitted}";
    }
}

package io.github.flinkwebsocket.source.split;

import io.github.flinkwebsocket.feed.Count;

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

    /** In the place of a time, in epoch milliseconds, that is not known. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final String id;
    private final String endpointId;
    @Nullable private final String position;
    private final long emittedMessages;
    private final long startTime;
    private final long lastEventTime;
    private final boolean everLive;
    private final long lastRead;
    private final boolean restarted;
    private final TaggedFields unknown;

    private WebSocketSplit(Builder builder) {
        id = Objects.requireNonNull(builder.id);
        endpointId = Objects.requireNonNull(builder.endpointId);
        position = builder.position;
        emittedMessages = builder.emittedMessages;
        startTime = builder.startTime;
        lastEventTime = builder.lastEventTime;
        everLive = builder.everLive;
        lastRead = builder.lastRead;
        restarted = builder.restarted;
        unknown = builder.unknown;
    }

    /** A split that nothing has been read of, with the id of its endpoint. */
    public static WebSocketSplit fresh(String endpointId) {
        return builder(endpointId, endpointId).build();
    }

    /** Starts to describe a split that nothing has been read of. */
    public static Builder builder(String id, String endpointId) {
        return new Builder(id, endpointId);
    }

    /** Starts from what this split is. */
    public Builder with() {
        Builder copy = new Builder(id, endpointId);
        copy.position = position;
        copy.emittedMessages = emittedMessages;
        copy.startTime = startTime;
        copy.lastEventTime = lastEventTime;
        copy.everLive = everLive;
        copy.lastRead = lastRead;
        copy.restarted = restarted;
        copy.unknown = unknown;
        return copy;
    }

    @Override
    public String splitId() {
        return id;
    }

    public String endpointId() {
        return endpointId;
    }

    /** That of the last emitted message, or null if there is none. */
    @Nullable
    public String position() {
        return position;
    }

    public long emittedMessages() {
        return emittedMessages;
    }

    /** When a reader first started it, or {@link #NO_TIME} if none has. */
    public long startTime() {
        return startTime;
    }

    /** The event time of the record emitted last, or {@link #NO_TIME} if none had one. */
    public long lastEventTime() {
        return lastEventTime;
    }

    /** Whether a connection of it was ever live. */
    public boolean everLive() {
        return everLive;
    }

    /** When anything was last read from its connection, or {@link #NO_TIME}. */
    public long lastRead() {
        return lastRead;
    }

    /** Whether a reader had it that has failed, and may have emitted more than this split knows. */
    public boolean restarted() {
        return restarted;
    }

    /** What a newer connector wrote. */
    TaggedFields unknown() {
        return unknown;
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof WebSocketSplit)) {
            return false;
        }
        WebSocketSplit other = (WebSocketSplit) o;
        return id.equals(other.id)
                && endpointId.equals(other.endpointId)
                && Objects.equals(position, other.position)
                && emittedMessages == other.emittedMessages
                && startTime == other.startTime
                && lastEventTime == other.lastEventTime
                && everLive == other.everLive
                && lastRead == other.lastRead
                && restarted == other.restarted
                && unknown.equals(other.unknown);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, endpointId, position, emittedMessages, startTime, lastEventTime);
    }

    @Override
    public String toString() {
        return "WebSocketSplit{" + id + ", " + Count.of(emittedMessages, "message") + " emitted}";
    }

    /** Describes a split; what is not set is as in one that nothing has been read of. */
    @Internal
    public static final class Builder {

        private final String id;
        private final String endpointId;
        @Nullable private String position;
        private long emittedMessages;
        private long startTime = NO_TIME;
        private long lastEventTime = NO_TIME;
        private boolean everLive;
        private long lastRead = NO_TIME;
        private boolean restarted;
        private TaggedFields unknown = new TaggedFields();

        private Builder(String id, String endpointId) {
            this.id = id;
            this.endpointId = endpointId;
        }

        public Builder position(@Nullable String value) {
            position = value;
            return this;
        }

        public Builder emittedMessages(long value) {
            emittedMessages = value;
            return this;
        }

        public Builder startTime(long value) {
            startTime = value;
            return this;
        }

        public Builder lastEventTime(long value) {
            lastEventTime = value;
            return this;
        }

        public Builder everLive(boolean value) {
            everLive = value;
            return this;
        }

        public Builder lastRead(long value) {
            lastRead = value;
            return this;
        }

        public Builder restarted(boolean value) {
            restarted = value;
            return this;
        }

        Builder unknown(TaggedFields value) {
            unknown = value;
            return this;
        }

        public WebSocketSplit build() {
            return new WebSocketSplit(this);
        }
    }
}

package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.source.split.TaggedFields;
import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.annotation.Internal;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What the enumerator knows at a checkpoint. Immutable; any thread. */
@Internal
public final class WebSocketEnumeratorState {

    private final List<WebSocketSplit> assigned;
    private final List<WebSocketSplit> unassigned;
    private final TaggedFields unknown;

    /**
     * @param assigned the splits that readers have, or have finished, as they were assigned: how
     *     far they have come since is in the readers' state
     * @param unassigned the splits that wait for a reader
     */
    public WebSocketEnumeratorState(
            Collection<WebSocketSplit> assigned, Collection<WebSocketSplit> unassigned) {
        this(assigned, unassigned, new TaggedFields());
    }

    WebSocketEnumeratorState(
            Collection<WebSocketSplit> assigned,
            Collection<WebSocketSplit> unassigned,
            TaggedFields unknown) {
        this.assigned = List.copyOf(assigned);
        this.unassigned = List.copyOf(unassigned);
        this.unknown = unknown;
    }

    public List<WebSocketSplit> assigned() {
        return assigned;
    }

    public List<WebSocketSplit> unassigned() {
        return unassigned;
    }

    /** What a newer connector wrote. */
    TaggedFields unknown() {
        return unknown;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof WebSocketEnumeratorState
                && assigned.equals(((WebSocketEnumeratorState) o).assigned)
                && unassigned.equals(((WebSocketEnumeratorState) o).unassigned)
                && unknown.equals(((WebSocketEnumeratorState) o).unknown);
    }

    @Override
    public int hashCode() {
        return Objects.hash(assigned, unassigned);
    }

    @Override
    public String toString() {
        return "WebSocketEnumeratorState{assigned=" + assigned + ", unassigned=" + unassigned + "}";
    }
}

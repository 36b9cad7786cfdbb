package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.annotation.Internal;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What the enumerator knows at a checkpoint. Immutable; any thread. */
@Internal
public final class WebSocketEnumeratorState {

    private final Set<String> assigned;
    private final List<WebSocketSplit> unassigned;

    /**
     * @param assigned the ids of the splits that readers have, or have finished
     * @param unassigned the splits that wait for a reader
     */
    public WebSocketEnumeratorState(
            Collection<String> assigned, Collection<WebSocketSplit> unassigned) {
        this.assigned = Set.copyOf(assigned);
        this.unassigned = List.copyOf(unassigned);
    }

    public Set<String> assigned() {
        return assigned;
    }

    public List<WebSocketSplit> unassigned() {
        return unassigned;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof WebSocketEnumeratorState
                && assigned.equals(((WebSocketEnumeratorState) o).assigned)
                && unassigned.equals(((WebSocketEnumeratorState) o).unassigned);
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

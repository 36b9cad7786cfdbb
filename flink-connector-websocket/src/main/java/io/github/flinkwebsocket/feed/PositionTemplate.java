package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.function.UnaryOperator;

/**
 * A text with <code>${position}</code> in it, or without. Immutable; any thread. Its {@link
 * #toString()} does not show the text, which may hold a secret.
 */
@Internal
public final class PositionTemplate implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String PLACEHOLDER = "${position}";

    private final String text;

    public PositionTemplate(String text) {
        this.text = text;
    }

    /** Whether the text depends on the position. */
    public boolean hasPosition() {
        return text.contains(PLACEHOLDER);
    }

    /**
     * The text with the position in it.
     *
     * @param position null only if {@link #hasPosition()} is false
     * @param escape makes the position safe where it is put
     */
    public String render(@Nullable String position, UnaryOperator<String> escape) {
        return hasPosition() ? text.replace(PLACEHOLDER, escape.apply(position)) : text;
    }

    @Override
    public String toString() {
        return "text of " + text.length() + " characters";
    }
}

package io.github.flinkwebsocket.position;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.Serializable;

/**
 * Reads from a message the position that the server needs to continue after it. The position of the
 * last emitted message is kept in the checkpoint and takes the place of <code>${position}</code> in
 * the URL and the open messages of every later connection. Runs on the task thread only.
 */
@PublicEvolving
@FunctionalInterface
public interface PositionExtractor extends Serializable {

    /**
     * @return the position after this message, or null if the message has none and the last one
     *     stays
     * @throws IOException if the message can't be read; treated as a message that can't be decoded
     */
    @Nullable
    String extract(WebSocketMessage message) throws IOException;

    /**
     * Takes the value at a JSON pointer (RFC 6901), a string or a number digit by digit; messages
     * without it have no position. If a name is repeated, its last value counts. A message must be
     * one JSON value; an empty one has no position.
     *
     * @param pointer for example {@code /data/seq}; not null
     * @throws IllegalArgumentException if it is not a JSON pointer
     */
    static PositionExtractor jsonPointer(String pointer) {
        return new JsonPointerExtractor(pointer);
    }
}

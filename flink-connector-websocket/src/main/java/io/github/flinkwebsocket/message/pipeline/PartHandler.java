package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/** Takes what the pipeline makes of a message. Task thread. */
@Internal
public interface PartHandler {

    /** A part that is to be decoded. */
    void part(WebSocketMessage part) throws IOException;

    /**
     * A step failed; other parts of the message may follow.
     *
     * @param part the message, or the part of it, that the step could not read
     * @throws IOException if nothing is to follow
     */
    void failed(WebSocketMessage part, Exception error) throws IOException;

    /**
     * The position of a frame can't be read. Comes after the parts of the frame; if the frame has
     * failed already, it is the same failure.
     *
     * @throws IOException if nothing is to follow
     */
    void positionFailed(WebSocketMessage frame, Exception error) throws IOException;

    /**
     * The part that comes next has no event time of its own, although the feed says where it is.
     */
    void withoutEventTime();

    /** A frame without the record that the feed points to. */
    void control();
}

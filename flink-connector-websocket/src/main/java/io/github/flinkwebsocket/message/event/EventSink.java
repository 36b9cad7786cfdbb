package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.function.Supplier;

/** Takes what a codec makes of one message, in order. Task thread. */
@Internal
interface EventSink {

    /** The fields of one event; handed over. */
    void decoded(ObjectNode fields);

    /**
     * A part of the message that is no event.
     *
     * @param text the part; made when asked for, because most error policies never do
     * @param reason why, without a word of the part itself
     */
    void failed(Supplier<String> text, String reason);
}

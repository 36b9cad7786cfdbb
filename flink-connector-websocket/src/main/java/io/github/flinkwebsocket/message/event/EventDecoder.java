package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

/** Cuts one message into events. Task thread. */
@Internal
@FunctionalInterface
interface EventDecoder {

    /**
     * Decodes one message.
     *
     * @param payload the message; not to be changed
     * @param out takes the events, and the parts that are none
     */
    void decode(byte[] payload, EventSink out);
}

package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

/** Takes what {@link FrameParser} finds, in the order of the stream. I/O thread. */
@Internal
interface FrameHandler {

    /** A complete, checked message; the payload is handed over. */
    void onMessage(byte[] payload, boolean text);

    /** A ping (RFC 6455, section 5.5.2), with at most 125 bytes. */
    void onPing(byte[] payload);

    /**
     * The server's close frame (section 5.5.1); nothing follows it.
     *
     * @param code 1005 if the frame had none
     */
    void onClose(int code, String reason);
}

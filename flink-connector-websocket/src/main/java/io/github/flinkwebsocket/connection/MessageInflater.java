package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidDataException;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses messages (RFC 7692, section 7.2.2), never beyond a limit. Runs on the I/O thread; to
 * be closed, since an {@link Inflater} holds native memory.
 */
@Internal
final class MessageInflater implements AutoCloseable {

    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int INITIAL = 4096;
    private static final int KEPT = 1 << 20;

    private final Inflater inflater = new Inflater(true);
    private final int maxMessageSize;
    private final boolean resetAfterMessage;
    private byte[] out = new byte[INITIAL];

    /**
     * @param resetAfterMessage whether the server promised server_no_context_takeover
     */
    MessageInflater(int maxMessageSize, boolean resetAfterMessage) {
        this.maxMessageSize = maxMessageSize;
        this.resetAfterMessage = resetAfterMessage;
    }

    /** The decompressed message, in an array of its own. */
    byte[] inflate(byte[] in, int length) throws InvalidDataException {
        try {
            inflater.setInput(in, 0, length);
            int size = drain(0);
            inflater.setInput(TAIL);
            size = drain(size);
            byte[] message = Arrays.copyOf(out, size);
            if (out.length > KEPT) {
                out = new byte[INITIAL];
            }
            if (resetAfterMessage || inflater.finished()) {
                inflater.reset();
            }
            return message;
        } catch (DataFormatException e) {
            throw FrameParser.protocolError(
                    "a compressed message could not be decompressed: " + e.getMessage());
        }
    }

    private int drain(int from) throws DataFormatException, InvalidDataException {
        int size = from;
        while (true) {
            if (size == out.length) {
                if (size > maxMessageSize) {
                    throw FrameParser.tooBig(maxMessageSize);
                }
                // One byte more than the limit shows that there is more.
                out = Arrays.copyOf(out, (int) Math.min(maxMessageSize + 1L, size * 2L));
            }
            int n = inflater.inflate(out, size, out.length - size);
            size += n;
            if (size > maxMessageSize) {
                throw FrameParser.tooBig(maxMessageSize);
            }
            if (n == 0 && (inflater.needsInput() || inflater.finished())) {
                return size;
            }
            if (n == 0 && inflater.needsDictionary()) {
                throw new DataFormatException("it asks for a dictionary");
            }
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}

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

    private static final int INITIAL = 4096;
    private static final int KEPT = 1 << 20;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    /** How far back compressed data may refer (RFC 1951, section 2). */
    private static final int WINDOW = 32 * 1024;

    /** No sender has reason to end more blocks in a message; each costs the window anew. */
    private static final int MAX_FINAL_BLOCKS = 1 << 16;

    private static final byte[] END = end();

    private final Inflater inflater = new Inflater(true);
    private final int maxMessageSize;
    private final boolean resetAfterMessage;

    /** What was decompressed last: the window, and behind it the message, from start to end. */
    private byte[] out = new byte[INITIAL];

    private int start;
    private int end;

    /**
     * @param resetAfterMessage whether the server promised server_no_context_takeover
     */
    MessageInflater(int maxMessageSize, boolean resetAfterMessage) {
        this.maxMessageSize = maxMessageSize;
        this.resetAfterMessage = resetAfterMessage;
    }

    /**
     * What the sender left out, the end of an empty block, and then empty blocks. Between blocks
     * all of it decompresses to nothing. Within a block it is read as data, codes or lengths: it is
     * longer than the lengths of all codes can be, so that an error or output shows it.
     */
    private static byte[] end() {
        byte[] bytes = new byte[4 + 60 * 5];
        for (int i = 2; i < bytes.length; i += 5) {
            bytes[i] = (byte) 0xFF;
            bytes[i + 1] = (byte) 0xFF;
        }
        return bytes;
    }

    /** The decompressed message, in an array of its own. */
    byte[] inflate(byte[] in, int length) throws InvalidDataException {
        start = end;
        try {
            if (!endsWithFinalBlock(in, length)) {
                int size = end - start;
                if (endsWithFinalBlock(END, END.length) || end - start != size) {
                    throw new DataFormatException("it ends in the middle of a block");
                }
            }
        } catch (DataFormatException e) {
            throw FrameParser.protocolError(
                    "a compressed message could not be decompressed: " + e.getMessage());
        }
        byte[] message = Arrays.copyOfRange(out, start, end);
        if (resetAfterMessage) {
            inflater.reset();
            end = 0;
        }
        if (out.length > KEPT) {
            out = Arrays.copyOfRange(out, windowStart(), Math.max(end, windowStart() + INITIAL));
            end = Math.min(end, WINDOW);
        }
        return message;
    }

    /** Whether the input ends with a final block, or is empty: then nothing is left out. */
    private boolean endsWithFinalBlock(byte[] in, int length)
            throws DataFormatException, InvalidDataException {
        int finalBlocks = 0;
        int rest = length;
        while (rest > 0) {
            inflater.setInput(in, length - rest, rest);
            drain();
            if (!inflater.finished()) {
                return false;
            }
            if (++finalBlocks > MAX_FINAL_BLOCKS) {
                throw new DataFormatException("it has too many final blocks");
            }
            // The next block may refer to what was before the final one.
            rest = inflater.getRemaining();
            inflater.reset();
            inflater.setDictionary(out, windowStart(), end - windowStart());
        }
        return true;
    }

    /** Decompresses until the input is used up, or a final block has ended. */
    private void drain() throws DataFormatException, InvalidDataException {
        do {
            if (end == out.length) {
                makeRoom();
            }
            end += inflater.inflate(out, end, out.length - end);
            if (end - start > maxMessageSize) {
                throw FrameParser.tooBig(maxMessageSize);
            }
        } while (!inflater.finished() && (end == out.length || !inflater.needsInput()));
    }

    private void makeRoom() throws InvalidDataException {
        int unused = Math.max(0, start - WINDOW);
        if (unused >= out.length / 2) {
            System.arraycopy(out, unused, out, 0, end - unused);
            start -= unused;
            end -= unused;
            return;
        }
        // One byte more than the limit shows that there is more.
        long limit = Math.min(MAX_ARRAY, (long) start + maxMessageSize + 1);
        if (out.length >= limit) {
            throw FrameParser.tooBig(maxMessageSize);
        }
        out = Arrays.copyOf(out, (int) Math.min(limit, out.length * 2L));
    }

    private int windowStart() {
        return Math.max(0, end - WINDOW);
    }

    @Override
    public void close() {
        inflater.end();
    }
}

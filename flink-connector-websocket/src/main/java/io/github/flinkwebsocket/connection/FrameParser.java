package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parses what a server sends (RFC 6455, section 5) straight from the read buffer: one allocation
 * and one copy a message. Every size is checked before it is allocated. Runs on the I/O thread.
 */
@Internal
final class FrameParser {

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int MAX_HEADER = 10;
    private static final int MAX_CONTROL = 125;
    private static final byte[] EMPTY = new byte[0];

    private final FrameHandler handler;
    private final int maxMessageSize;
    @Nullable private MessageInflater inflater;

    /** The part of a header that arrived before the end of a read. */
    private final byte[] header = new byte[MAX_HEADER];

    private int headerLength;

    // The frame being read; remaining is -1 while there is none.
    private int remaining = -1;
    private int opcode;
    private boolean fin;
    private byte[] target = EMPTY;
    private int filled;

    // The message being assembled.
    private boolean inMessage;
    private boolean text;
    private boolean compressed;
    private byte[] assembled = EMPTY;
    private int assembledLength;

    private boolean closed;

    FrameParser(FrameHandler handler, int maxMessageSize) {
        this.handler = handler;
        this.maxMessageSize = maxMessageSize;
    }

    /** From now on frames may be compressed (RFC 7692). */
    void enableDeflate(MessageInflater messageInflater) {
        this.inflater = messageInflater;
    }

    /**
     * Parses the bytes of one read. What follows a close frame is ignored.
     *
     * @throws InvalidDataException with the close code to answer with; everything valid before it
     *     has been handed over, and the parser must not be used again
     */
    void parse(byte[] in, int from, int to) throws InvalidDataException {
        int p = from;
        while (p < to && !closed) {
            int end = parseWhole(in, p, to);
            if (end > p) {
                p = end;
                continue;
            }
            if (remaining < 0) {
                if (headerLength == 0 && to - p >= 2 && to - p >= headerSize(in[p + 1])) {
                    beginFrame(in, p);
                    p += headerSize(in[p + 1]);
                } else {
                    header[headerLength++] = in[p++];
                    if (headerLength < 2 || headerLength < headerSize(header[1])) {
                        continue;
                    }
                    headerLength = 0;
                    beginFrame(header, 0);
                }
            }
            int n = Math.min(remaining, to - p);
            System.arraycopy(in, p, target, filled, n);
            p += n;
            filled += n;
            remaining -= n;
            if (remaining == 0) {
                remaining = -1;
                endFrame();
            }
        }
    }

    /**
     * Takes what nearly all messages are: one frame, not compressed, all of it in the read buffer.
     * Writes no field, since storing references in an old object costs more than the copy.
     *
     * @return the index behind it, or {@code from} if it is anything else
     */
    private int parseWhole(byte[] in, int from, int to) throws InvalidDataException {
        int first = in[from] & 0xFF;
        boolean isText = first == (FIN | TEXT);
        if ((!isText && first != (FIN | BINARY)) || !betweenMessages() || to - from < 4) {
            return from;
        }
        int start = from + 2;
        int length = in[from + 1];
        if (length == 126) {
            start = from + 4;
            length = (in[from + 2] & 0xFF) << 8 | (in[from + 3] & 0xFF);
        } else if (length < 0 || length == 127) {
            return from;
        }
        if (length > to - start || length > maxMessageSize) {
            return from;
        }
        byte[] payload = Arrays.copyOfRange(in, start, start + length);
        checkText(isText, payload);
        handler.onMessage(payload, isText);
        return start + length;
    }

    private boolean betweenMessages() {
        return remaining < 0 && headerLength == 0 && !inMessage;
    }

    private static int headerSize(byte second) {
        int length = second & 0x7F;
        return length < 126 ? 2 : length == 126 ? 4 : MAX_HEADER;
    }

    private void beginFrame(byte[] b, int at) throws InvalidDataException {
        int first = b[at];
        fin = (first & 0x80) != 0;
        opcode = first & 0x0F;
        if (b[at + 1] < 0) {
            throw protocolError("a frame from the server was masked");
        }
        long length = payloadLength(b, at);
        checkReservedBits(first);
        if (opcode >= CLOSE) {
            beginControlFrame(length);
        } else {
            beginDataFrame((first & 0x40) != 0, length);
        }
        remaining = (int) length;
    }

    private static long payloadLength(byte[] b, int at) throws InvalidDataException {
        int length = b[at + 1] & 0x7F;
        if (length < 126) {
            return length;
        }
        int size = length == 126 ? 2 : 8;
        long extended = 0;
        for (int i = 0; i < size; i++) {
            extended = extended << 8 | (b[at + 2 + i] & 0xFF);
        }
        if (extended < 0) {
            throw protocolError("a frame declared a length with the highest bit set");
        }
        return extended;
    }

    private void checkReservedBits(int first) throws InvalidDataException {
        int allowed = inflater != null && (opcode == TEXT || opcode == BINARY) ? 0x40 : 0;
        if ((first & 0x70 & ~allowed) != 0) {
            throw protocolError("a frame had reserved bits set");
        }
    }

    private void beginControlFrame(long length) throws InvalidDataException {
        if (opcode > PONG) {
            throw protocolError("a frame had the unknown opcode " + opcode);
        }
        if (!fin) {
            throw protocolError("a control frame was fragmented");
        }
        if (length > MAX_CONTROL) {
            throw protocolError("a control frame had " + length + " bytes; 125 are allowed");
        }
        target = length == 0 ? EMPTY : new byte[(int) length];
        filled = 0;
    }

    private void beginDataFrame(boolean rsv1, long length) throws InvalidDataException {
        if (opcode > BINARY) {
            throw protocolError("a frame had the unknown opcode " + opcode);
        }
        if (inMessage != (opcode == CONTINUATION)) {
            throw protocolError(
                    inMessage
                            ? "a new message began inside a fragmented one"
                            : "a continuation frame came without a message");
        }
        if (!inMessage) {
            inMessage = true;
            text = opcode == TEXT;
            compressed = rsv1;
            assembledLength = 0;
        }
        if (length > maxMessageSize - assembledLength) {
            throw tooBig(maxMessageSize);
        }
        if (fin && assembledLength == 0) {
            target = new byte[(int) length];
            filled = 0;
        } else {
            int needed = assembledLength + (int) length;
            if (assembled.length < needed) {
                long grown = Math.min(maxMessageSize, Math.max(needed, assembled.length * 2L));
                assembled = Arrays.copyOf(assembled, (int) grown);
            }
            target = assembled;
            filled = assembledLength;
        }
    }

    private void endFrame() throws InvalidDataException {
        if (opcode < CLOSE) {
            endDataFrame();
        } else if (opcode == PING) {
            handler.onPing(target);
        } else if (opcode == CLOSE) {
            endCloseFrame();
        }
        target = EMPTY;
    }

    private void endDataFrame() throws InvalidDataException {
        if (!fin) {
            assembledLength = filled;
            return;
        }
        byte[] payload;
        if (compressed) {
            payload = inflater.inflate(target, filled);
        } else if (target == assembled) {
            payload = Arrays.copyOf(assembled, filled);
        } else {
            payload = target;
        }
        inMessage = false;
        assembled = EMPTY;
        checkText(text, payload);
        handler.onMessage(payload, text);
    }

    private static void checkText(boolean isText, byte[] payload) throws InvalidDataException {
        if (isText && !Utf8.isValid(payload, 0, payload.length)) {
            throw new InvalidDataException(
                    CloseFrame.NO_UTF8, "a text message was not valid UTF-8");
        }
    }

    private void endCloseFrame() throws InvalidDataException {
        closed = true;
        if (filled == 0) {
            handler.onClose(CloseFrame.NOCODE, "");
            return;
        }
        int code = filled == 1 ? 0 : (target[0] & 0xFF) << 8 | (target[1] & 0xFF);
        boolean defined = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
        if (!defined && (code < 3000 || code > 4999)) {
            throw protocolError("a close frame had the invalid code " + code);
        }
        if (!Utf8.isValid(target, 2, filled)) {
            throw new InvalidDataException(
                    CloseFrame.NO_UTF8, "the reason of a close frame was not valid UTF-8");
        }
        handler.onClose(code, new String(target, 2, filled - 2, StandardCharsets.UTF_8));
    }

    static InvalidDataException protocolError(String what) {
        return new InvalidDataException(CloseFrame.PROTOCOL_ERROR, what);
    }

    static InvalidDataException tooBig(int limit) {
        return new InvalidDataException(
                CloseFrame.TOOBIG,
                "a message was larger than 'max-message-size', which is " + limit + " bytes");
    }
}

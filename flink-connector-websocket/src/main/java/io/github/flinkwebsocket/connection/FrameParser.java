package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;

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
    private final FramesWithoutData framesWithoutData;
    private final int maxMessageSize;
    private final MessageAssembler message;

    /** The part of a header that arrived before the end of a read. */
    private final byte[] header = new byte[MAX_HEADER];

    private int headerLength;

    // The frame being read; remaining is -1 while there is none.
    private int remaining = -1;
    private int opcode;
    private boolean fin;

    // The payload of a control frame, which may come between the frames of a message.
    private byte[] control = EMPTY;
    private int controlLength;

    private boolean closed;

    FrameParser(FrameHandler handler, int maxMessageSize) {
        this(handler, new FramesWithoutData(System::nanoTime), maxMessageSize);
    }

    FrameParser(FrameHandler handler, FramesWithoutData framesWithoutData, int maxMessageSize) {
        this.handler = handler;
        this.framesWithoutData = framesWithoutData;
        this.maxMessageSize = maxMessageSize;
        this.message = new MessageAssembler(maxMessageSize);
    }

    /** From now on frames may be compressed (RFC 7692). */
    void enableDeflate(MessageInflater inflater) {
        message.enableDeflate(inflater);
    }

    /** How many frames brought no data since this was asked last. */
    int takeFramesWithoutData() {
        return framesWithoutData.take();
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
            if (opcode < CLOSE) {
                message.add(in, p, n);
            } else {
                System.arraycopy(in, p, control, controlLength, n);
                controlLength += n;
            }
            p += n;
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
            if (length < 126) {
                return from;
            }
        } else if (length < 0 || length == 127) {
            return from;
        }
        if (length > to - start || length > maxMessageSize) {
            return from;
        }
        byte[] payload = Arrays.copyOfRange(in, start, start + length);
        MessageAssembler.checkText(isText, payload);
        handler.onMessage(payload, isText);
        return start + length;
    }

    private boolean betweenMessages() {
        return remaining < 0 && headerLength == 0 && !message.inMessage();
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
        if (extended < (size == 2 ? 126 : 65536)) {
            throw protocolError("a frame declared its length in more bytes than it needs");
        }
        return extended;
    }

    private void checkReservedBits(int bits) throws InvalidDataException {
        boolean first = opcode == TEXT || opcode == BINARY;
        int allowed = first && message.mayBeCompressed() ? 0x40 : 0;
        if ((bits & 0x70 & ~allowed) != 0) {
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
        control = length == 0 ? EMPTY : new byte[(int) length];
        controlLength = 0;
    }

    private void beginDataFrame(boolean rsv1, long length) throws InvalidDataException {
        if (opcode > BINARY) {
            throw protocolError("a frame had the unknown opcode " + opcode);
        }
        if (message.inMessage() != (opcode == CONTINUATION)) {
            throw protocolError(
                    message.inMessage()
                            ? "a new message began inside a fragmented one"
                            : "a continuation frame came without a message");
        }
        if (!message.inMessage()) {
            message.begin(opcode == TEXT, rsv1);
        }
        message.expect(length, fin);
        if (length == 0 && !fin) {
            framesWithoutData.add();
        }
    }

    private void endFrame() throws InvalidDataException {
        if (opcode < CLOSE) {
            if (fin) {
                byte[] payload = message.end();
                handler.onMessage(payload, message.isText());
            }
            return;
        }
        if (opcode == CLOSE) {
            endCloseFrame();
            return;
        }
        framesWithoutData.add();
        if (opcode == PING) {
            handler.onPing(control);
        }
    }

    private void endCloseFrame() throws InvalidDataException {
        closed = true;
        if (controlLength == 0) {
            handler.onClose(CloseFrame.NOCODE, "");
            return;
        }
        int code = controlLength == 1 ? 0 : (control[0] & 0xFF) << 8 | (control[1] & 0xFF);
        boolean defined = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
        if (!defined && (code < 3000 || code > 4999)) {
            throw protocolError("a close frame had the invalid code " + code);
        }
        if (!Utf8.isValid(control, 2, controlLength)) {
            throw new InvalidDataException(
                    CloseFrame.NO_UTF8, "the reason of a close frame was not valid UTF-8");
        }
        handler.onClose(code, new String(control, 2, controlLength - 2, StandardCharsets.UTF_8));
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

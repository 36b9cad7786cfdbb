package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;

import javax.annotation.Nullable;

import java.util.Arrays;

/**
 * Puts a message together from pieces of frames, one message after another. Finds invalid text in
 * the piece that makes it invalid, unless the message is compressed. Runs on the I/O thread.
 */
@Internal
final class MessageAssembler {

    private static final byte[] EMPTY = new byte[0];

    private final int maxMessageSize;
    @Nullable private MessageInflater inflater;

    private boolean inMessage;
    private boolean text;
    private boolean compressed;
    private byte[] bytes = EMPTY;
    private int length;

    /** Up to here whole characters of a text have been checked. */
    private int checked;

    MessageAssembler(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    /** From now on messages may be compressed (RFC 7692). */
    void enableDeflate(MessageInflater messageInflater) {
        this.inflater = messageInflater;
    }

    boolean mayBeCompressed() {
        return inflater != null;
    }

    /** Whether a message has begun and not ended. */
    boolean inMessage() {
        return inMessage;
    }

    boolean isText() {
        return text;
    }

    void begin(boolean isText, boolean isCompressed) {
        inMessage = true;
        text = isText;
        compressed = isCompressed;
        length = 0;
        checked = 0;
    }

    /**
     * Makes room for the payload of a frame.
     *
     * @param last whether the frame ends the message
     */
    void expect(long frameLength, boolean last) throws InvalidDataException {
        if (frameLength > maxMessageSize - length) {
            throw FrameParser.tooBig(maxMessageSize);
        }
        int needed = length + (int) frameLength;
        if (bytes.length < needed) {
            long roomy = Math.min(maxMessageSize, Math.max(needed, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, last || length == 0 ? needed : (int) roomy);
        }
    }

    /** Adds a piece of the payload of the frame for which room was made. */
    void add(byte[] in, int from, int count) throws InvalidDataException {
        System.arraycopy(in, from, bytes, length, count);
        length += count;
        if (text && !compressed) {
            checked = Utf8.checkPiece(bytes, checked, length);
            if (checked < 0) {
                throw notUtf8();
            }
        }
    }

    /** Ends the message; hands over its payload. */
    byte[] end() throws InvalidDataException {
        byte[] payload = bytes;
        if (compressed) {
            payload = inflater.inflate(bytes, length);
            checkText(text, payload);
        } else {
            if (text && checked < length) {
                throw notUtf8();
            }
            if (bytes.length > length) {
                payload = Arrays.copyOf(bytes, length);
            }
        }
        inMessage = false;
        bytes = EMPTY;
        return payload;
    }

    static void checkText(boolean isText, byte[] payload) throws InvalidDataException {
        if (isText && !Utf8.isValid(payload, 0, payload.length)) {
            throw notUtf8();
        }
    }

    private static InvalidDataException notUtf8() {
        return new InvalidDataException(CloseFrame.NO_UTF8, "a text message was not valid UTF-8");
    }
}

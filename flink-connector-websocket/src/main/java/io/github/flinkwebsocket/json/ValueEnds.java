package io.github.flinkwebsocket.json;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds where values of a JSON text end: goes past strings, and from bracket to bracket, eight
 * bytes at a time. Belongs to one thread.
 */
@Internal
final class ValueEnds {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** Eight bytes at once, the first one lowest. */
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long OPENING = ONES * '{';
    private static final long CLOSING = ONES * '}';

    /** The brackets of either kind differ in this bit alone. */
    private static final int BRACE = 0x20;

    private static final long BRACES = ONES * BRACE;

    /** What is kept for the next text. */
    private static final int KEPT = 64;

    /** Which brackets are open: a bit for each, set for an object. */
    private long[] open = new long[1];

    /** Lets go of what a deep text has needed. */
    void forget() {
        if (open.length > KEPT) {
            open = new long[1];
        }
    }

    /** The end of the value that begins at a byte. */
    int ofValue(byte[] text, int at) throws IOException {
        byte first = text[at];
        if (first == '{' || first == '[') {
            return ofContainer(text, at);
        }
        if (first == '"') {
            return ofString(text, at);
        }
        if (first == '-' || (first >= '0' && first <= '9')) {
            return ofNumber(text, at);
        }
        byte[] literal = first == 't' ? TRUE : first == 'f' ? FALSE : NULL;
        int end = at + literal.length;
        if (end > text.length || !Arrays.equals(text, at, end, literal, 0, literal.length)) {
            throw error("there is no value", at);
        }
        return end;
    }

    private int ofContainer(byte[] text, int start) throws IOException {
        int depth = 0;
        int at = start;
        do {
            while (at <= text.length - Long.BYTES) {
                long word = (long) WORDS.get(text, at);
                long found =
                        zeros((word | BRACES) ^ OPENING)
                                | zeros((word | BRACES) ^ CLOSING)
                                | zeros(word ^ QUOTES);
                if (found != 0) {
                    at += Long.numberOfTrailingZeros(found) / Byte.SIZE;
                    break;
                }
                at += Long.BYTES;
            }
            if (at >= text.length) {
                throw error("it ends too early", text.length);
            }
            byte b = text[at];
            if (b == '"') {
                at = ofString(text, at);
                continue;
            }
            if ((b | BRACE) == '{') {
                open(depth++, b == '{');
            } else if ((b | BRACE) == '}' && !closes(--depth, b == '}')) {
                throw error("a bracket does not match", at);
            }
            at++;
        } while (depth > 0);
        return at;
    }

    private void open(int depth, boolean object) {
        int word = depth / Long.SIZE;
        if (word == open.length) {
            open = Arrays.copyOf(open, 2 * word);
        }
        long bit = 1L << depth;
        open[word] = object ? open[word] | bit : open[word] & ~bit;
    }

    private boolean closes(int depth, boolean object) {
        return (open[depth / Long.SIZE] & 1L << depth) != 0 == object;
    }

    /** The end of the string that begins at a byte. */
    int ofString(byte[] text, int start) throws IOException {
        int at = start + 1;
        while (true) {
            while (at <= text.length - Long.BYTES) {
                long word = (long) WORDS.get(text, at);
                long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
                if (found != 0) {
                    at += Long.numberOfTrailingZeros(found) / Byte.SIZE;
                    break;
                }
                at += Long.BYTES;
            }
            if (at >= text.length) {
                throw error("a string does not end", start);
            }
            if (text[at] == '"') {
                return at + 1;
            }
            at += text[at] == '\\' ? 2 : 1;
        }
    }

    /**
     * Has a bit set if one of the eight bytes is zero; the lowest is the highest bit of the first
     * such byte.
     */
    private static long zeros(long word) {
        return (word - ONES) & ~word & (ONES << 7);
    }

    private static int ofNumber(byte[] text, int start) {
        int at = start + 1;
        while (at < text.length && isInNumber(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isInNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == 'e' || b == 'E' || b == '-' || b == '+';
    }

    static IOException error(String what, int at) {
        return new IOException(String.format("It is no JSON in UTF-8: %s at byte %d.", what, at));
    }
}

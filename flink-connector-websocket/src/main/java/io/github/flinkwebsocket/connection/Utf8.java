package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks UTF-8 (RFC 3629) without decoding it: eight ASCII bytes at a time, else one by one. */
@Internal
final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    static boolean isValid(byte[] bytes, int from, int to) {
        return validUntil(bytes, from, to) == to;
    }

    /**
     * Checks a piece of a text whose rest may still come.
     *
     * @return the index of a character that the end of the piece cuts, the end itself if it cuts
     *     none, or -1 if the text can't become valid any more
     */
    static int checkPiece(byte[] bytes, int from, int to) {
        int end = validUntil(bytes, from, to);
        return end == to || isBeginning(bytes, end, to) ? end : -1;
    }

    /** The index of the first character that is not well-formed, or the end. */
    private static int validUntil(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            while (to - i >= Long.BYTES && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
            }
            while (i < to && bytes[i] >= 0) {
                i++;
            }
            // Stay here while characters are not ASCII: most such texts have several in a row.
            while (i < to && bytes[i] < 0) {
                int length = multiByteLength(bytes, i, to);
                if (length == 0) {
                    return i;
                }
                i += length;
            }
        }
        return to;
    }

    /** The length of the well-formed sequence at i (table 3-7 of the Unicode standard), or 0. */
    private static int multiByteLength(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        int length = lengthAfter(first);
        if (length == 0 || to - i < length || !isSecond(first, bytes[i + 1])) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if (!isContinuation(bytes[i + k])) {
                return 0;
            }
        }
        return length;
    }

    /** Whether all from i on is the beginning of a well-formed sequence. */
    private static boolean isBeginning(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        int present = to - i;
        return present < lengthAfter(first)
                && (present < 2 || isSecond(first, bytes[i + 1]))
                && (present < 3 || isContinuation(bytes[i + 2]));
    }

    private static int lengthAfter(int first) {
        return first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    }

    private static boolean isSecond(int first, byte b) {
        int second = b & 0xFF;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return second >= low && second <= high;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private Utf8() {}
}

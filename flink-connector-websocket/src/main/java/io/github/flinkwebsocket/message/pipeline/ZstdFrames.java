package io.github.flinkwebsocket.message.pipeline;

import org.apache.flink.annotation.Internal;

/**
 * Finds the end of Zstandard frames (RFC 8878, section 3.1) in data that has been decompressed: the
 * library takes up to three bytes behind them for the beginning of another one. Stateless; any
 * thread.
 */
@Internal
final class ZstdFrames {

    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int MAGIC_SIZE = 4;
    private static final int CHECKSUM_SIZE = 4;
    private static final int BLOCK_HEADER_SIZE = 3;
    private static final int RUN_LENGTH_BLOCK = 1;
    private static final int[] DICTIONARY_ID_SIZES = {0, 1, 2, 4};

    /** How many bytes follow the last frame. */
    static int following(byte[] data) {
        int at = 0;
        while (data.length - at > MAGIC_SIZE) {
            int magic = number(data, at, MAGIC_SIZE);
            if ((magic & ~0xF) == SKIPPABLE_MAGIC) {
                long size = number(data, at + MAGIC_SIZE, 4) & 0xFFFFFFFFL;
                at = (int) Math.min(data.length, at + 2 * MAGIC_SIZE + size);
            } else if (magic == MAGIC) {
                at = frameEnd(data, at);
            } else {
                break;
            }
        }
        return data.length - at;
    }

    private static int frameEnd(byte[] data, int start) {
        int descriptor = data[start + MAGIC_SIZE];
        boolean singleSegment = (descriptor & 0x20) != 0;
        int contentSizeFlag = (descriptor & 0xC0) >> 6;
        int contentSize = contentSizeFlag == 0 ? (singleSegment ? 1 : 0) : 1 << contentSizeFlag;
        int at =
                start
                        + MAGIC_SIZE
                        + 1
                        + (singleSegment ? 0 : 1)
                        + DICTIONARY_ID_SIZES[descriptor & 3]
                        + contentSize;
        int header;
        do {
            header = number(data, at, BLOCK_HEADER_SIZE);
            boolean run = (header >> 1 & 3) == RUN_LENGTH_BLOCK;
            at += BLOCK_HEADER_SIZE + (run ? 1 : header >> 3);
        } while ((header & 1) == 0);
        return at + ((descriptor & 4) == 0 ? 0 : CHECKSUM_SIZE);
    }

    /** Little-endian. */
    private static int number(byte[] data, int at, int size) {
        int number = 0;
        for (int i = 0; i < size; i++) {
            number |= (data[at + i] & 0xFF) << 8 * i;
        }
        return number;
    }

    private ZstdFrames() {}
}

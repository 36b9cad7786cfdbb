package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.MessageDeflater;

import org.java_websocket.exceptions.InvalidDataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** {@link FrameParser} on random streams; each seed gives the same stream every time. */
class FrameParserRandomTest {

    private static final int MAX = 1 << 20;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsTheSameMessagesHoweverTheStreamIsCut(long seed) throws Exception {
        Random random = new Random(seed);
        try (MessageDeflater deflater = new MessageDeflater(true)) {
            RandomStream stream = new RandomStream(random, random.nextBoolean() ? deflater : null);
            for (int i = 0; i < 40; i++) {
                stream.addMessage();
            }
            stream.addClose();
            byte[] bytes = stream.bytes.toByteArray();

            assertThat(parse(bytes, stream.isCompressed(), bytes.length, new Random(seed)))
                    .as("seed %d, uncut", seed)
                    .isEqualTo(stream.expected);
            for (int longest : new int[] {1, 3, 20, 1000, 65536}) {
                assertThat(parse(bytes, stream.isCompressed(), longest, new Random(seed)))
                        .as("seed %d, cut into pieces of up to %d bytes", seed, longest)
                        .isEqualTo(stream.expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void survivesRandomBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[1 + random.nextInt(2000)];
            random.nextBytes(bytes);
            if (random.nextInt(4) > 0) {
                // Something that looks like a frame, or most streams would end at their first byte.
                bytes[0] &= (byte) 0xCB;
                bytes[Math.min(1, bytes.length - 1)] &= 0x7F;
            }
            try {
                parse(bytes, random.nextBoolean(), bytes.length, random);
            } catch (InvalidDataException e) {
                assertThat(e.getCloseCode())
                        .as("seed %d, round %d", seed, i)
                        .isIn(1002, 1007, 1009);
            } catch (Throwable t) {
                fail("seed " + seed + ", round " + i, t);
            }
        }
    }

    /** Every piece goes through the same buffer, as on a connection, with other bytes around. */
    private static List<String> parse(byte[] bytes, boolean deflate, int longest, Random random)
            throws InvalidDataException {
        FrameLog log = new FrameLog();
        FrameParser parser = new FrameParser(log, MAX);
        byte[] buffer = new byte[longest + 10];
        try (MessageInflater inflater = new MessageInflater(MAX, false)) {
            if (deflate) {
                parser.enableDeflate(inflater);
            }
            int at = 0;
            while (at < bytes.length) {
                int n = longest == bytes.length ? longest : 1 + random.nextInt(longest);
                n = Math.min(n, bytes.length - at);
                Arrays.fill(buffer, (byte) 0xFF);
                System.arraycopy(bytes, at, buffer, 5, n);
                parser.parse(buffer, 5, 5 + n);
                at += n;
            }
        }
        return log.lines;
    }
}

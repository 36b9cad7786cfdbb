package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.MessageDeflater;

import org.java_websocket.exceptions.InvalidDataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
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
            Stream stream = new Stream(random, random.nextBoolean() ? deflater : null);
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

    /** A valid stream, and what a parser must find in it. */
    private static final class Stream {

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<String> expected = new ArrayList<>();
        private final Random random;
        private final MessageDeflater deflater;

        Stream(Random random, MessageDeflater deflater) {
            this.random = random;
            this.deflater = deflater;
        }

        boolean isCompressed() {
            return deflater != null;
        }

        void addMessage() {
            boolean text = random.nextBoolean();
            byte[] message = new byte[length()];
            if (text) {
                for (int i = 0; i < message.length; i++) {
                    message[i] = (byte) random.nextInt(128);
                }
            } else {
                random.nextBytes(message);
            }
            boolean compressed = isCompressed() && random.nextBoolean();
            byte[] payload = compressed ? deflater.compress(message) : message;
            int fragments = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(5);
            int at = 0;
            for (int i = 0; i < fragments; i++) {
                int last = payload.length - at;
                int n = i == fragments - 1 ? last : random.nextInt(last + 1);
                int opcode = i > 0 ? Frame.CONTINUATION : text ? Frame.TEXT : Frame.BINARY;
                byte[] part = Arrays.copyOfRange(payload, at, at + n);
                Frame frame = Frame.of(i == fragments - 1, opcode, part);
                add(compressed && i == 0 ? frame.withReservedBits(0x40) : frame);
                at += n;
                if (i < fragments - 1) {
                    addControlFrames();
                }
            }
            expected.add(FrameLog.message(message, text));
            addControlFrames();
        }

        private int length() {
            switch (random.nextInt(4)) {
                case 0:
                    return random.nextInt(4);
                case 1:
                    return 124 + random.nextInt(4);
                case 2:
                    return 65534 + random.nextInt(4);
                default:
                    return random.nextInt(3000);
            }
        }

        private void addControlFrames() {
            while (random.nextInt(4) == 0) {
                byte[] payload = new byte[random.nextInt(126)];
                random.nextBytes(payload);
                if (random.nextBoolean()) {
                    add(Frame.of(true, Frame.PONG, payload));
                } else {
                    add(Frame.of(true, Frame.PING, payload));
                    expected.add(FrameLog.ping(payload));
                }
            }
        }

        void addClose() {
            add(Frame.close(4000, "seed"));
            expected.add("close 4000 seed");
            byte[] rest = new byte[random.nextInt(50)];
            random.nextBytes(rest);
            bytes.writeBytes(rest);
        }

        private void add(Frame frame) {
            bytes.writeBytes(frame.encode());
        }
    }
}

package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Allocations;
import io.github.flinkwebsocket.testing.MessageDeflater;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.java_websocket.exceptions.InvalidDataException;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for {@link FrameParser} whatever arrives, and however it is cut. */
class FrameParserPropertyTest {

    private static final int NO_LIMIT = 1 << 20;
    private static final int MESSAGES = 5;

    /** Room for the parser, an exception, and the first buffer for decompressed messages. */
    private static final long OVERHEAD = 1 << 14;

    @Property(tries = 300)
    void validStreamGivesTheSameMessagesWhereverItIsCut(
            @ForAll long seed,
            @ForAll boolean deflate,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 3000) Integer> reads)
            throws Exception {
        RandomStream stream = stream(seed, deflate);
        FrameLog log = new FrameLog();
        parse(stream.bytes.toByteArray(), deflate, NO_LIMIT, reads, log);
        assertThat(log.lines).isEqualTo(stream.expected);
    }

    @Property(tries = 1000)
    void anyBytesGiveAtMostAnErrorOfTheProtocolWithinTheLimit(
            @ForAll @Size(min = 1, max = 400) byte[] bytes,
            @ForAll boolean deflate,
            @ForAll @IntRange(min = 1, max = 40_000) int limit,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 500) Integer> reads)
            throws Exception {
        assertHarmless(bytes, deflate, limit, reads);
    }

    @Property(tries = 300)
    void damagedStreamGivesAtMostAnErrorOfTheProtocolWithinTheLimit(
            @ForAll long seed,
            @ForAll boolean deflate,
            @ForAll @IntRange(min = 1, max = 40_000) int limit,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 0, max = 200_000) Integer> places,
            @ForAll @Size(min = 1, max = 5) byte[] damage,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 3000) Integer> reads)
            throws Exception {
        byte[] bytes = stream(seed, deflate).bytes.toByteArray();
        for (int i = 0; i < places.size(); i++) {
            bytes[places.get(i) % bytes.length] ^= damage[i % damage.length];
        }
        assertHarmless(bytes, deflate, limit, reads);
    }

    private static RandomStream stream(long seed, boolean deflate) {
        try (MessageDeflater deflater = new MessageDeflater(true)) {
            RandomStream stream = new RandomStream(new Random(seed), deflate ? deflater : null);
            for (int i = 0; i < MESSAGES; i++) {
                stream.addMessage();
            }
            stream.addClose();
            return stream;
        }
    }

    private static void assertHarmless(
            byte[] bytes, boolean deflate, int limit, List<Integer> reads) throws Exception {
        Sizes sizes = new Sizes();
        // The first use of some code loads classes, which is not what the bytes cost.
        long allocated =
                Math.min(
                        Allocations.of(() -> parseAny(bytes, deflate, limit, reads, new Sizes())),
                        Allocations.of(() -> parseAny(bytes, deflate, limit, reads, sizes)));
        assertThat(sizes.errorCode).isIn(0, 1002, 1007, 1009);
        assertThat(sizes.largest).isLessThanOrEqualTo(limit);
        // What a message needs may be twice there: in the buffer it grew in, and by itself.
        assertThat(allocated).isLessThan(3L * (limit + bytes.length + sizes.sum) + OVERHEAD);
    }

    private static void parseAny(
            byte[] bytes, boolean deflate, int limit, List<Integer> reads, Sizes sizes) {
        try {
            parse(bytes, deflate, limit, reads, sizes);
        } catch (InvalidDataException e) {
            sizes.errorCode = e.getCloseCode();
        }
    }

    /** Gives the parser reads of these sizes, again and again. */
    private static void parse(
            byte[] bytes, boolean deflate, int limit, List<Integer> reads, FrameHandler handler)
            throws InvalidDataException {
        FrameParser parser = new FrameParser(handler, limit);
        try (MessageInflater inflater = new MessageInflater(limit, false)) {
            if (deflate) {
                parser.enableDeflate(inflater);
            }
            int at = 0;
            for (int i = 0; at < bytes.length; i++) {
                int end = Math.min(bytes.length, at + reads.get(i % reads.size()));
                parser.parse(bytes, at, end);
                at = end;
            }
        }
    }

    /** Sums up what was handed over, and keeps none of it. */
    private static final class Sizes implements FrameHandler {

        private long sum;
        private int largest;
        private int errorCode;

        @Override
        public void onMessage(byte[] payload, boolean text) {
            sum += payload.length;
            largest = Math.max(largest, payload.length);
        }

        @Override
        public void onPing(byte[] payload) {
            sum += payload.length;
        }

        @Override
        public void onClose(int code, String reason) {
            sum += reason.length();
        }
    }
}

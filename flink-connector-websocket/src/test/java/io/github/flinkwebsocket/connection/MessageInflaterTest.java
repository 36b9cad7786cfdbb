package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Allocations;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.MessageDeflater;

import org.java_websocket.exceptions.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** {@link MessageInflater}, alone and behind {@link FrameParser}. */
class MessageInflaterTest {

    private static final int MAX = 1 << 20;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void decompressesMessagesWithAndWithoutContextTakeover(boolean contextTakeover)
            throws Exception {
        String text = "{\"symbol\":\"BTC\",\"price\":1}";
        try (MessageDeflater deflater = new MessageDeflater(contextTakeover);
                MessageInflater inflater = new MessageInflater(MAX, !contextTakeover)) {
            byte[] first = deflater.compress(text);
            byte[] second = deflater.compress(text);
            assertThat(second.length < first.length).isEqualTo(contextTakeover);

            assertThat(inflate(inflater, first)).isEqualTo(text);
            assertThat(inflate(inflater, second)).isEqualTo(text);
            assertThat(inflate(inflater, deflater.compress(""))).isEmpty();
            assertThat(inflate(inflater, deflater.compress("end"))).isEqualTo("end");
        }
    }

    @Test
    void decompressesAServerThatDoesNotUseTheContextItMayUse() throws Exception {
        try (MessageDeflater deflater = new MessageDeflater(false);
                MessageInflater inflater = new MessageInflater(MAX, false)) {
            assertThat(inflate(inflater, deflater.compress("aaa"))).isEqualTo("aaa");
            assertThat(inflate(inflater, deflater.compress("aaa"))).isEqualTo("aaa");
        }
    }

    @Test
    void readsTheExamplesOfTheRfc() throws Exception {
        // RFC 7692, sections 7.2.3.1 to 7.2.3.5 and 7.2.3.6: the message is always "Hello".
        String[] payloads = {
            "f2 48 cd c9 c9 07 00",
            "f2 00 11 00 00",
            "00 05 00 fa ff 48 65 6c 6c 6f 00",
            "f3 48 cd c9 c9 07 00 00",
            "f2 48 05 00 00 00 ff ff ca c9 c9 07 00"
        };
        try (MessageInflater inflater = new MessageInflater(MAX, false)) {
            for (String payload : payloads) {
                assertThat(inflate(inflater, bytes(payload))).as(payload).isEqualTo("Hello");
            }
            assertThat(inflate(inflater, bytes("00"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4095, 4096, 4097, MAX - 1, MAX})
    void decompressesUpToTheLimit(int length) throws Exception {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        try (MessageDeflater deflater = new MessageDeflater(true);
                MessageInflater inflater = new MessageInflater(MAX, false)) {
            byte[] payload = deflater.compress(message);
            assertThat(inflater.inflate(payload, payload.length)).isEqualTo(message);
            byte[] next = deflater.compress(message);
            assertThat(inflater.inflate(next, next.length)).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4096, MAX})
    void refusesOneByteOverTheLimit(int limit) {
        try (MessageDeflater deflater = new MessageDeflater(true);
                MessageInflater inflater = new MessageInflater(limit, false)) {
            assertRefused(1009, inflater, deflater.compress(new byte[limit + 1]));
        }
    }

    @Test
    void refusesABombWithoutDecompressingIt() throws Exception {
        byte[] bomb = bomb(64 << 20);
        assertThat(bomb.length).isLessThan(80_000);
        try (MessageInflater inflater = new MessageInflater(MAX, false)) {
            long allocated = Allocations.of(() -> assertRefused(1009, inflater, bomb));
            assertThat(allocated).isLessThan(6 * MAX);
        }
    }

    @Test
    void refusesABombInFragments() {
        byte[] bomb = bomb(64 << 20);
        byte[] head = Arrays.copyOf(bomb, bomb.length / 2);
        byte[] tail = Arrays.copyOfRange(bomb, bomb.length / 2, bomb.length);
        FrameLog log = new FrameLog();
        FrameParser parser = new FrameParser(log, MAX);
        try (MessageInflater inflater = new MessageInflater(MAX, false)) {
            parser.enableDeflate(inflater);
            InvalidDataException violation =
                    catchThrowableOfType(
                            InvalidDataException.class,
                            () -> {
                                parse(parser, compressed(false, Frame.BINARY, head));
                                parse(parser, Frame.of(true, Frame.CONTINUATION, tail));
                            });
            assertThat(violation.getCloseCode()).isEqualTo(1009);
            assertThat(violation).hasMessageContaining("'max-message-size'");
        }
    }

    @Test
    void refusesGarbage() {
        try (MessageInflater inflater = new MessageInflater(MAX, false)) {
            byte[] reservedBlockType = {(byte) 0xFF, (byte) 0xFF, 1, 2, 3};
            assertRefused(1002, inflater, reservedBlockType);
        }
    }

    @Test
    void refusesReferencesToAContextThatIsNotThere() {
        try (MessageDeflater deflater = new MessageDeflater(true);
                MessageInflater inflater = new MessageInflater(MAX, true)) {
            deflater.compress("a long enough text to refer to");
            assertRefused(1002, inflater, deflater.compress("a long enough text to refer to"));
        }
    }

    @Test
    void checksTheTextAfterDecompression() {
        FrameLog log = new FrameLog();
        FrameParser parser = new FrameParser(log, MAX);
        try (MessageDeflater deflater = new MessageDeflater(true);
                MessageInflater inflater = new MessageInflater(MAX, false)) {
            parser.enableDeflate(inflater);
            byte[] invalid = deflater.compress(new byte[] {'a', (byte) 0xC3});
            InvalidDataException violation =
                    catchThrowableOfType(
                            InvalidDataException.class,
                            () -> parse(parser, compressed(true, Frame.TEXT, invalid)));
            assertThat(violation.getCloseCode()).isEqualTo(1007);
        }
    }

    @Test
    void allowsTheCompressionBitOnTheFirstFrameOfAMessageOnly() throws Exception {
        FrameLog log = new FrameLog();
        FrameParser parser = new FrameParser(log, MAX);
        try (MessageDeflater deflater = new MessageDeflater(true);
                MessageInflater inflater = new MessageInflater(MAX, false)) {
            parser.enableDeflate(inflater);
            parse(parser, deflater.frame("compressed"));
            parse(parser, Frame.text("plain"));
            assertThat(log.lines).containsExactly("text compressed", "text plain");

            parse(parser, compressed(false, Frame.TEXT, new byte[0]));
            for (Frame frame :
                    new Frame[] {
                        compressed(true, Frame.CONTINUATION, new byte[0]),
                        compressed(true, Frame.PING, new byte[0]),
                        Frame.text("").withReservedBits(0x60)
                    }) {
                InvalidDataException violation =
                        catchThrowableOfType(
                                InvalidDataException.class, () -> parse(parser, frame));
                assertThat(violation).hasMessageContaining("reserved bits");
            }
        }
    }

    // ------------------------------------------------------------------ final blocks

    @Test
    void goesOnBehindAFinalBlock() throws Exception {
        try (MessageDeflater deflater = new MessageDeflater(false);
                MessageInflater inflater = new MessageInflater(MAX, false)) {
            byte[] plain = deflater.compress("end");
            assertThat(inflate(inflater, concat(finalBlock("one, "), plain))).isEqualTo("one, end");
            assertThat(inflate(inflater, concat(finalBlock("1"), finalBlock("2"), finalBlock("3"))))
                    .isEqualTo("123");
            assertThat(inflate(inflater, concat(finalBlock(""), finalBlock(""), plain)))
                    .isEqualTo("end");
            assertThat(
                            inflate(
                                    inflater,
                                    concat(deflater.compress("a"), bytes("00 00 ff ff"), plain)))
                    .isEqualTo("aend");
            assertThat(inflate(inflater, finalBlock(""))).isEmpty();
            assertThat(inflate(inflater, new byte[0])).isEmpty();
            assertThat(inflate(inflater, plain)).isEqualTo("end");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsTheWindowOverAFinalBlock(boolean contextTakeover) throws Exception {
        byte[] words = new byte[100_000];
        new Random(1).nextBytes(words);
        try (MessageInflater inflater = new MessageInflater(MAX, !contextTakeover)) {
            if (contextTakeover) {
                byte[] before = finalBlock(words, new byte[0]);
                assertThat(inflater.inflate(before, before.length)).isEqualTo(words);
            }
            for (int i = 0; i < 20; i++) {
                // Random data, so that only what came before can make it short.
                byte[] window = Arrays.copyOfRange(words, words.length - 32_000, words.length);
                byte[] again = finalBlock(window, window);
                assertThat(again.length).isLessThan(1000);
                byte[] payload = contextTakeover ? again : concat(finalBlock(words), again);
                byte[] message = inflater.inflate(payload, payload.length);
                assertThat(
                                Arrays.copyOfRange(
                                        message, message.length - window.length, message.length))
                        .isEqualTo(window);
            }
        }
    }

    @Test
    void keepsTheWindowOverManyMessages() throws Exception {
        Random random = new Random(7);
        StringBuilder history = new StringBuilder();
        try (MessageInflater inflater = new MessageInflater(MAX, false)) {
            for (int i = 0; i < 500; i++) {
                byte[] message = new byte[random.nextInt(4000)];
                random.nextBytes(message);
                String text = new String(message, StandardCharsets.ISO_8859_1);
                if (history.length() > 32_000) {
                    text += history.substring(history.length() - 32_000 + message.length);
                }
                byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
                String known = history.substring(Math.max(0, history.length() - (1 << 15)));
                byte[] payload = finalBlock(data, known.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(inflater.inflate(payload, payload.length)).isEqualTo(data);
                history.append(text);
            }
        }
    }

    @Test
    void appliesTheLimitToAllBlocksTogether() {
        try (MessageInflater inflater = new MessageInflater(1000, false)) {
            byte[] half = finalBlock(new byte[501]);
            assertRefused(1009, inflater, concat(half, half));
        }
    }

    @Test
    void refusesGarbageBehindAFinalBlock() {
        for (String garbage : new String[] {"ff", "06", "05 ff ff", "00 01", "41 42 43"}) {
            try (MessageInflater inflater = new MessageInflater(MAX, false)) {
                assertRefused(1002, inflater, concat(finalBlock("one"), bytes(garbage)));
            }
        }
    }

    @Test
    void refusesFinalBlocksWithoutEnd() {
        byte[] many = new byte[2 * 70_000];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 3; // An empty final block is 03 00.
        }
        try (MessageInflater inflater = new MessageInflater(MAX, false)) {
            assertRefused(1002, inflater, many);
        }
    }

    @Test
    void goesOnBehindAFinalBlockInFragments() throws Exception {
        try (MessageDeflater deflater = new MessageDeflater(true)) {
            byte[] payload = concat(finalBlock("part one, "), deflater.compress("part two"));
            for (int cut = 0; cut <= payload.length; cut++) {
                FrameLog log = new FrameLog();
                FrameParser parser = new FrameParser(log, MAX);
                try (MessageInflater inflater = new MessageInflater(MAX, false)) {
                    parser.enableDeflate(inflater);
                    parse(parser, compressed(false, Frame.TEXT, Arrays.copyOf(payload, cut)));
                    parse(parser, Frame.ping("between"));
                    byte[] rest = Arrays.copyOfRange(payload, cut, payload.length);
                    parse(parser, Frame.of(true, Frame.CONTINUATION, rest));
                }
                assertThat(log.lines).containsExactly("ping between", "text part one, part two");
            }
        }
    }

    // ------------------------------------------------------------------ cut messages

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void refusesAMessageThatEndsInTheMiddleOfABlock(int level) {
        Random random = new Random(level);
        for (int round = 0; round < 30; round++) {
            StringBuilder text = new StringBuilder();
            int letters = 2 + random.nextInt(50);
            for (int i = 0; i < 20 + round * 20; i++) {
                text.append((char) (' ' + random.nextInt(letters)));
            }
            byte[] payload = deflate(level, text.toString());
            for (int length = 1; length < payload.length - 1; length++) {
                try (MessageInflater inflater = new MessageInflater(MAX, false)) {
                    assertRefused(1002, inflater, Arrays.copyOf(payload, length));
                }
            }
        }
    }

    @Test
    void refusesStoredDataThatIsCut() {
        byte[] hello = bytes("00 05 00 fa ff 48 65 6c 6c 6f 00");
        for (int length = 2; length < hello.length - 1; length++) {
            try (MessageInflater inflater = new MessageInflater(MAX, false)) {
                assertRefused(1002, inflater, Arrays.copyOf(hello, length));
            }
        }
    }

    private static byte[] deflate(int level, String text) {
        Deflater deflater = new Deflater(level, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        byte[] out = new byte[10_000];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    private static byte[] finalBlock(String text) {
        return finalBlock(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] finalBlock(byte[] message) {
        return finalBlock(message, new byte[0]);
    }

    /** The message as blocks of which the last is a final one, with what is known before it. */
    private static byte[] finalBlock(byte[] message, byte[] window) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        if (window.length > 0) {
            deflater.setDictionary(window);
        }
        deflater.setInput(message);
        deflater.finish();
        byte[] out = new byte[message.length + 1000];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static void assertRefused(int closeCode, MessageInflater inflater, byte[] payload) {
        InvalidDataException violation =
                catchThrowableOfType(
                        InvalidDataException.class,
                        () -> inflater.inflate(payload, payload.length));
        assertThat(violation).isNotNull();
        assertThat(violation.getCloseCode()).isEqualTo(closeCode);
    }

    private static byte[] bomb(int size) {
        try (MessageDeflater deflater = new MessageDeflater(true)) {
            return deflater.compress(new byte[size]);
        }
    }

    private static Frame compressed(boolean fin, int opcode, byte[] payload) {
        return Frame.of(fin, opcode, payload).withReservedBits(0x40);
    }

    private static void parse(FrameParser parser, Frame frame) throws InvalidDataException {
        byte[] bytes = frame.encode();
        parser.parse(bytes, 0, bytes.length);
    }

    private static String inflate(MessageInflater inflater, byte[] payload)
            throws InvalidDataException {
        return new String(inflater.inflate(payload, payload.length), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }
}

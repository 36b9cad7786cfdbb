package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Allocations;
import io.github.flinkwebsocket.testing.Frame;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.java_websocket.exceptions.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** {@link FrameParser}: what it reads, what it refuses, and with which close code. */
class FrameParserTest {

    private static final int MAX = 100_000;
    private static final byte[] NONE = new byte[0];

    private final FrameLog log = new FrameLog();
    private final FrameParser parser = new FrameParser(log, MAX);

    // ------------------------------------------------------------------ what is valid

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, MAX})
    void readsMessagesOfEveryLengthForm(int length) throws Exception {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 'x');

        parse(Frame.of(true, Frame.TEXT, payload), Frame.binary(payload), Frame.text("next"));

        assertThat(log.lines)
                .containsExactly(
                        FrameLog.message(payload, true),
                        FrameLog.message(payload, false),
                        "text next");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536})
    void readsFramesThatArriveByteByByte(int length) throws Exception {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 'x');
        byte[] stream = concat(Frame.binary(payload).encode(), Frame.text("next").encode());

        for (int i = 0; i < stream.length; i++) {
            parser.parse(stream, i, i + 1);
        }

        assertThat(log.lines).containsExactly(FrameLog.message(payload, false), "text next");
    }

    @Test
    void handsOverAMessageWhenItsLastByteHasArrived() throws Exception {
        byte[] stream = Frame.text("hello").encode();

        parser.parse(stream, 0, stream.length - 1);
        assertThat(log.lines).isEmpty();

        parser.parse(stream, stream.length - 1, stream.length);
        assertThat(log.lines).containsExactly("text hello");
    }

    @Test
    void handsOverAnEmptyMessageAtTheEndOfARead() throws Exception {
        parse(Frame.text(""));
        assertThat(log.lines).containsExactly("text ");
    }

    @Test
    void readsOnlyItsPartOfTheBuffer() throws Exception {
        byte[] stream = concat(new byte[] {1, 2, 3}, Frame.text("a").encode(), new byte[] {4, 5});
        parser.parse(stream, 3, stream.length - 2);
        assertThat(log.lines).containsExactly("text a");
    }

    @Test
    void joinsFragments() throws Exception {
        parse(
                fragment(false, Frame.TEXT, "a"),
                fragment(false, Frame.CONTINUATION, "b"),
                fragment(true, Frame.CONTINUATION, "c"),
                fragment(false, Frame.BINARY, "d"),
                fragment(true, Frame.CONTINUATION, "e"));
        assertThat(log.lines).containsExactly("text abc", "binary de");
    }

    @Test
    void joinsEmptyFragments() throws Exception {
        parse(
                fragment(false, Frame.TEXT, ""),
                fragment(false, Frame.CONTINUATION, ""),
                fragment(true, Frame.CONTINUATION, "a"),
                fragment(false, Frame.TEXT, "b"),
                fragment(true, Frame.CONTINUATION, ""),
                fragment(false, Frame.TEXT, ""),
                fragment(true, Frame.CONTINUATION, ""));
        assertThat(log.lines).containsExactly("text a", "text b", "text ");
    }

    @Test
    void keepsTheMessagesOfOneReadApart() throws Exception {
        parse(
                fragment(false, Frame.TEXT, "first"),
                fragment(true, Frame.CONTINUATION, "."),
                fragment(false, Frame.TEXT, "2"),
                fragment(true, Frame.CONTINUATION, "."));
        assertThat(log.lines).containsExactly("text first.", "text 2.");
    }

    @Test
    void readsControlFramesBetweenFragments() throws Exception {
        parse(
                fragment(false, Frame.TEXT, "a"),
                Frame.ping("p"),
                fragment(false, Frame.CONTINUATION, "b"),
                fragment(true, Frame.PONG, "q"),
                fragment(true, Frame.CONTINUATION, "c"));
        assertThat(log.lines).containsExactly("ping p", "text abc");
    }

    @Test
    void readsThePingWithTheMostBytes() throws Exception {
        parse(Frame.ping("p".repeat(125)), Frame.ping(""));
        assertThat(log.lines).containsExactly("ping " + "p".repeat(125), "ping ");
    }

    @Test
    void ignoresPongs() throws Exception {
        parse(Frame.of(true, Frame.PONG, NONE), fragment(true, Frame.PONG, "unasked"));
        assertThat(log.lines).isEmpty();
    }

    @Test
    void joinsCharactersThatFragmentsCut() throws Exception {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        parse(
                Frame.of(false, Frame.TEXT, new byte[] {euro[0]}),
                Frame.of(false, Frame.CONTINUATION, new byte[] {euro[1]}),
                Frame.of(true, Frame.CONTINUATION, new byte[] {euro[2]}));
        assertThat(log.lines).containsExactly(FrameLog.message(euro, true));
    }

    @Test
    void doesNotCheckTheBytesOfBinaryMessages() throws Exception {
        parse(Frame.binary(new byte[] {(byte) 0xFF, (byte) 0xC0}));
        assertThat(log.lines).containsExactly("binary \u00FF\u00C0");
    }

    // ------------------------------------------------------------------ close frames

    @ParameterizedTest
    @ValueSource(
            ints = {
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
                4000, 4999
            })
    void readsCloseFramesWithEveryCodeThatMayBeSent(int code) throws Exception {
        parse(Frame.close(code, "why €"));
        assertThat(log.lines).containsExactly("close " + code + " why €");
    }

    @Test
    void readsACloseFrameWithoutCodeAs1005() throws Exception {
        parse(Frame.of(true, Frame.CLOSE, NONE));
        assertThat(log.lines).containsExactly("close 1005 ");
    }

    @Test
    void ignoresWhatFollowsACloseFrame() throws Exception {
        parse(Frame.text("a"), Frame.close(1000, ""), Frame.text("b"));
        parse(Frame.text("c"));
        parser.parse(new byte[] {(byte) 0xFF, (byte) 0xFF}, 0, 2);
        assertThat(log.lines).containsExactly("text a", "close 1000 ");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32768, 65535})
    void refusesCloseCodesThatMustNotBeSent(int code) {
        assertRefused(1002, "close frame had the invalid code " + code, Frame.close(code, ""));
    }

    @Test
    void refusesACloseFrameWithOneByte() {
        assertRefused(1002, "close frame", Frame.of(true, Frame.CLOSE, new byte[] {3}));
    }

    @Test
    void refusesACloseReasonThatIsNotUtf8() {
        byte[] payload = {3, (byte) 0xE8, 'x', (byte) 0xC3};
        assertRefused(1007, "reason of a close frame", Frame.of(true, Frame.CLOSE, payload));
    }

    // ------------------------------------------------------------------ protocol errors

    @Test
    void refusesMaskedFrames() {
        for (int opcode : new int[] {Frame.TEXT, Frame.BINARY, Frame.PING, Frame.CLOSE}) {
            assertRefusedBytes(1002, "masked", Frame.of(true, opcode, NONE).encodeMasked());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70})
    void refusesReservedBits(int bits) {
        for (int opcode : new int[] {Frame.TEXT, Frame.BINARY, Frame.PING, Frame.CLOSE}) {
            assertRefused(
                    1002, "reserved bits", Frame.of(true, opcode, NONE).withReservedBits(bits));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void refusesUnknownOpcodes(int opcode) {
        assertRefused(1002, "unknown opcode " + opcode, Frame.of(true, opcode, NONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.CLOSE, Frame.PING, Frame.PONG})
    void refusesFragmentedControlFrames(int opcode) {
        assertRefused(1002, "control frame was fragmented", Frame.of(false, opcode, NONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.CLOSE, Frame.PING, Frame.PONG})
    void refusesControlFramesWithMoreThan125Bytes(int opcode) {
        assertRefused(1002, "126 bytes; 125", Frame.of(true, opcode, new byte[126]));
        assertRefused(1002, "65536 bytes; 125", Frame.of(true, opcode, new byte[65536]));
    }

    @Test
    void refusesAContinuationWithoutAMessage() {
        assertRefused(1002, "continuation", fragment(true, Frame.CONTINUATION, "a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.TEXT, Frame.BINARY})
    void refusesANewMessageInsideAFragmentedOne(int opcode) {
        assertRefused(
                1002, "new message", fragment(false, Frame.TEXT, "a"), fragment(true, opcode, "b"));
    }

    // ------------------------------------------------------------------ text

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] invalid = {'a', (byte) 0xC3, 'b'};
        assertRefused(1007, "UTF-8", Frame.of(true, Frame.TEXT, invalid));
    }

    @Test
    void refusesTextThatEndsInsideACharacter() {
        byte[] cut = {(byte) 0xE2, (byte) 0x82};
        assertRefused(1007, "UTF-8", Frame.of(true, Frame.TEXT, cut));
        assertRefused(
                1007,
                "UTF-8",
                Frame.of(false, Frame.TEXT, cut),
                fragment(true, Frame.CONTINUATION, "a"));
        assertRefused(
                1007,
                "UTF-8",
                Frame.of(false, Frame.TEXT, cut),
                Frame.of(true, Frame.CONTINUATION, NONE));
    }

    @Test
    void refusesTextInTheFrameThatMakesItInvalid() throws Exception {
        byte[] greek = bytes("CE BA E1 BD B9 CF 83 CE BC CE B5");
        parse(Frame.of(false, Frame.TEXT, greek));
        assertInvalidText(() -> parse(Frame.of(false, Frame.CONTINUATION, bytes("F4 90 80 80"))));
    }

    @Test
    void refusesTextInThePieceOfAFrameThatMakesItInvalid() throws Exception {
        byte[] stream =
                Frame.of(
                                true,
                                Frame.TEXT,
                                bytes(
                                        "CE BA E1 BD B9 CF 83 CE BC CE B5 F4 90 80 80 65 64 69 74 65 64"))
                        .encode();
        parser.parse(stream, 0, 14);
        assertInvalidText(() -> parser.parse(stream, 14, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0",
                "C1",
                "F5",
                "FF",
                "80",
                "BF",
                "C2 41",
                "E0 9F",
                "ED A0",
                "F0 8F",
                "F4 90",
                "E2 82 41",
                "F0 9F 98 41",
                "E2 41",
                "F1 80 C0"
            })
    void refusesTextAtTheByteThatMakesItInvalid(String hex) throws Exception {
        byte[] invalid = bytes(hex);
        byte[] stream =
                Frame.of(false, Frame.TEXT, concat(new byte[] {'a'}, invalid, new byte[9]))
                        .encode();
        int wrong = 2 + invalid.length;
        for (int i = 0; i < wrong; i++) {
            parser.parse(stream, i, i + 1);
        }
        assertInvalidText(() -> parser.parse(stream, wrong, wrong + 1));
    }

    @Test
    void joinsEveryKindOfCharacterFromSingleBytes() throws Exception {
        String text = "aé€\uD83D\uDE00\u0800\uD7FF\uE000\uFFFF\uD800\uDC00\uDBFF\uDFFF";
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] stream = Frame.of(true, Frame.TEXT, payload).encode();
        for (int i = 0; i < stream.length; i++) {
            parser.parse(stream, i, i + 1);
        }
        for (int i = 0; i < payload.length; i++) {
            int opcode = i == 0 ? Frame.TEXT : Frame.CONTINUATION;
            parse(Frame.of(i == payload.length - 1, opcode, new byte[] {payload[i]}));
        }
        String line = FrameLog.message(payload, true);
        assertThat(log.lines).containsExactly(line, line);
    }

    private static void assertInvalidText(ThrowingCallable parse) {
        InvalidDataException violation = catchThrowableOfType(InvalidDataException.class, parse);
        assertThat(violation).hasMessageContaining("UTF-8");
        assertThat(violation.getCloseCode()).isEqualTo(1007);
    }

    // ------------------------------------------------------------------ lengths

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 7E 00 00",
                "82 7E 00 7D",
                "81 7E 00 01",
                "82 7F 00 00 00 00 00 00 00 7D",
                "82 7F 00 00 00 00 00 00 FF FF",
                "02 7E 00 05",
                "89 7E 00 05"
            })
    void refusesALengthInMoreBytesThanItNeeds(String header) {
        assertRefusedBytes(1002, "more bytes than it needs", concat(bytes(header), new byte[125]));
    }

    // ------------------------------------------------------------------ frames without data

    @ParameterizedTest
    @ValueSource(ints = {Frame.PING, Frame.PONG, Frame.CONTINUATION})
    void endsAFloodOfFramesWithoutData(int opcode) throws Exception {
        AtomicLong nanos = new AtomicLong(1);
        FrameParser flooded = new FrameParser(log, new FramesWithoutData(nanos::get), MAX);
        Frame frame = Frame.of(opcode != Frame.CONTINUATION, opcode, NONE);
        parseAll(flooded, fragment(false, Frame.TEXT, "a"));
        for (int minute = 0; minute < 3; minute++) {
            for (int i = 0; i < FramesWithoutData.MAX_PER_MINUTE; i++) {
                parseAll(flooded, frame);
            }
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        }
        assertThat(flooded.takeFramesWithoutData()).isEqualTo(3 * FramesWithoutData.MAX_PER_MINUTE);
        assertThat(flooded.takeFramesWithoutData()).isZero();

        for (int i = 0; i < FramesWithoutData.MAX_PER_MINUTE; i++) {
            parseAll(flooded, frame);
        }
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1) - 1);
        InvalidDataException violation =
                catchThrowableOfType(InvalidDataException.class, () -> parseAll(flooded, frame));
        assertThat(violation.getCloseCode()).isEqualTo(1008);
        assertThat(violation).hasMessageContaining("60000 pings, pongs and empty fragments");
    }

    @Test
    void doesNotCountFramesThatBringOrEndAMessage() throws Exception {
        parse(
                Frame.text(""),
                Frame.text("a"),
                fragment(false, Frame.TEXT, "a"),
                fragment(false, Frame.CONTINUATION, "b"),
                fragment(true, Frame.CONTINUATION, ""));
        assertThat(parser.takeFramesWithoutData()).isZero();
    }

    // ------------------------------------------------------------------ sizes

    @Test
    void refusesAMessageOverTheLimit() {
        assertRefused(1009, "'max-message-size'", Frame.binary(new byte[MAX + 1]));
    }

    @Test
    void refusesFragmentsThatGrowOverTheLimitWhileInTheMiddle() {
        assertRefused(
                1009,
                "'max-message-size'",
                Frame.of(false, Frame.TEXT, new byte[MAX / 2]),
                Frame.of(false, Frame.CONTINUATION, new byte[MAX / 2]),
                Frame.of(false, Frame.CONTINUATION, new byte[1]));
    }

    @Test
    void refusesFragmentsThatGrowOverTheLimitAtTheEnd() {
        assertRefused(
                1009,
                "'max-message-size'",
                Frame.of(false, Frame.BINARY, new byte[MAX]),
                Frame.of(true, Frame.CONTINUATION, new byte[1]));
    }

    @Test
    void acceptsFragmentsUpToTheLimit() throws Exception {
        parse(
                Frame.of(false, Frame.BINARY, new byte[MAX - 1]),
                Frame.of(true, Frame.CONTINUATION, new byte[1]),
                Frame.of(false, Frame.BINARY, new byte[MAX]),
                Frame.of(true, Frame.CONTINUATION, NONE));
        assertThat(log.lines)
                .containsExactly(
                        FrameLog.message(new byte[MAX], false),
                        FrameLog.message(new byte[MAX], false));
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, 1L << 31, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE})
    void refusesAHugeDeclaredLengthWithoutAllocatingIt(long length) throws Exception {
        byte[] header = Frame.of(true, Frame.BINARY, NONE).encodeDeclaring(length);
        long allocated = Allocations.of(() -> assertRefusedBytes(1009, "max-message", header));
        assertThat(allocated).isLessThan(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1})
    void refusesALengthWithTheHighestBitSet(long length) throws Exception {
        byte[] header = Frame.of(true, Frame.BINARY, NONE).encodeDeclaring(length);
        long allocated = Allocations.of(() -> assertRefusedBytes(1002, "highest bit", header));
        assertThat(allocated).isLessThan(1 << 20);
    }

    @Test
    void doesNotCountControlFramesAgainstTheLimit() throws Exception {
        FrameParser small = new FrameParser(log, 3);
        byte[] stream =
                concat(
                        fragment(false, Frame.TEXT, "ab").encode(),
                        Frame.ping("longer than three").encode(),
                        fragment(true, Frame.CONTINUATION, "c").encode());
        small.parse(stream, 0, stream.length);
        assertThat(log.lines).containsExactly("ping longer than three", "text abc");
    }

    // ------------------------------------------------------------------ helpers

    private void parse(Frame... frames) throws InvalidDataException {
        parseAll(parser, frames);
    }

    private static void parseAll(FrameParser parser, Frame... frames) throws InvalidDataException {
        byte[] stream = encode(frames);
        parser.parse(stream, 0, stream.length);
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    /** The frames are refused, and what came before them is handed over, in one read or many. */
    private static void assertRefused(int closeCode, String message, Frame... frames) {
        assertRefusedBytes(closeCode, message, encode(frames));
    }

    private static void assertRefusedBytes(int closeCode, String message, byte[] bytes) {
        byte[] before = encode(Frame.text("valid"), Frame.ping("too"));
        byte[] stream = concat(before, bytes);
        for (int step : new int[] {stream.length, 1}) {
            FrameLog log = new FrameLog();
            FrameParser parser = new FrameParser(log, MAX);
            InvalidDataException violation =
                    catchThrowableOfType(
                            InvalidDataException.class,
                            () -> {
                                for (int i = 0; i < stream.length; i += step) {
                                    parser.parse(stream, i, i + step);
                                }
                            });
            assertThat(violation).as("refusal, reads of %d bytes", step).isNotNull();
            assertThat(violation.getCloseCode()).isEqualTo(closeCode);
            assertThat(violation).hasMessageContaining(message);
            assertThat(log.lines).containsExactly("text valid", "ping too");
        }
    }

    private static Frame fragment(boolean fin, int opcode, String text) {
        return Frame.of(fin, opcode, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] encode(Frame... frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            bytes.writeBytes(frame.encode());
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}

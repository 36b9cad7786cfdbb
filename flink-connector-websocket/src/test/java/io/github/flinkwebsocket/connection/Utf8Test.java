package io.github.flinkwebsocket.connection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link Utf8} against the JDK's decoder. */
class Utf8Test {

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(256);

    @Test
    void agreesOnAllSequencesOfOneToThreeBytes() {
        byte[] three = new byte[3];
        for (int i = 0; i < 1 << 24; i++) {
            three[0] = (byte) (i >> 16);
            three[1] = (byte) (i >> 8);
            three[2] = (byte) i;
            if (Utf8.isValid(three, 0, 3) != jdkAccepts(three, 0, 3)) {
                assertAgreement(three, 0, 3);
            }
        }
        for (int i = 0; i < 1 << 16; i++) {
            three[0] = (byte) (i >> 8);
            three[1] = (byte) i;
            assertAgreement(three, 0, 2);
        }
        for (int i = 0; i < 1 << 8; i++) {
            three[0] = (byte) i;
            assertAgreement(three, 0, 1);
        }
    }

    @Test
    void agreesOnFourByteSequencesAtTheEdgesOfEveryRange() {
        int[] seconds = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        int[] others = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
        for (int first = 0xE0; first <= 0xFF; first++) {
            for (int second : seconds) {
                for (int third : others) {
                    for (int fourth : others) {
                        assertAgreementAnywhere(
                                new byte[] {
                                    (byte) first, (byte) second, (byte) third, (byte) fourth
                                });
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesOnRandomSequencesOfFourBytes(long seed) {
        Random random = new Random(seed);
        byte[] four = new byte[4];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(four);
            four[0] |= (byte) 0xC0;
            if (random.nextInt(3) > 0) {
                for (int k = 1; k < 4; k++) {
                    four[k] = (byte) (0x80 | (four[k] & 0x3F));
                }
            }
            assertAgreementAnywhere(four);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesOnRandomTextsWithAtMostOneWrongByte(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 50) {
                int kind = random.nextInt(4);
                int limit = kind == 0 ? 0x80 : kind == 1 ? 0x800 : kind == 2 ? 0xD800 : 0x110000;
                int point = random.nextInt(limit);
                text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.isValid(bytes, 0, bytes.length)).as("seed %d", seed).isTrue();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            assertAgreement(bytes, 0, bytes.length);
        }
    }

    @Test
    void readsNothingOutsideItsRange() {
        byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF};
        assertThat(Utf8.isValid(bytes, 1, 4)).isTrue();
        assertThat(Utf8.isValid(bytes, 1, 3)).isFalse();
        assertThat(Utf8.isValid(bytes, 2, 2)).isTrue();
    }

    /** Puts the sequence behind and before ASCII, so that it meets every path of the loops. */
    private void assertAgreementAnywhere(byte[] sequence) {
        for (int before : new int[] {0, 1, 7, 8, 9}) {
            for (int after : new int[] {0, 1, 8}) {
                byte[] bytes = new byte[before + sequence.length + after];
                Arrays.fill(bytes, (byte) 'a');
                System.arraycopy(sequence, 0, bytes, before, sequence.length);
                assertAgreement(bytes, 0, bytes.length);
            }
        }
    }

    private void assertAgreement(byte[] bytes, int from, int to) {
        boolean valid = Utf8.isValid(bytes, from, to);
        if (valid != jdkAccepts(bytes, from, to)) {
            assertThat(valid)
                    .as(Arrays.toString(Arrays.copyOfRange(bytes, from, to)))
                    .isEqualTo(!valid);
        }
    }

    private boolean jdkAccepts(byte[] bytes, int from, int to) {
        decoder.reset();
        chars.clear();
        return !decoder.decode(ByteBuffer.wrap(bytes, from, to - from), chars, true).isError();
    }
}

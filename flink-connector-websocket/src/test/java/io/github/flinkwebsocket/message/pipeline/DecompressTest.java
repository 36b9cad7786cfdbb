package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Allocations;
import io.github.flinkwebsocket.testing.Compressed;
import io.github.flinkwebsocket.testing.Parts;

import org.apache.flink.configuration.MemorySize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code message.compression}. */
class DecompressTest {

    private static final String TEXT = "{\"price\":1}".repeat(100);

    @ParameterizedTest
    @EnumSource
    void binaryMessagesAreDecompressed(MessageCompression compression) {
        Parts parts = pipeline(compression).binary(compressed(compression, TEXT));
        assertThat(parts.texts).containsExactly(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void textMessagesAreTakenAsTheyAre(MessageCompression compression) {
        Parts parts = pipeline(compression).text("pong");
        assertThat(parts.texts).containsExactly("pong");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void oneMessageAfterTheOther(MessageCompression compression) {
        Parts parts = pipeline(compression);
        parts.binary(compressed(compression, "a")).binary(compressed(compression, TEXT));
        assertThat(parts.texts).containsExactly("a", TEXT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void whatIsNotCompressedIsAFailure(MessageCompression compression) {
        Parts parts =
                pipeline(compression).binary("not compressed".getBytes(StandardCharsets.UTF_8));
        assertThat(parts.parts).isEmpty();
        assertThat(parts.failures).hasSize(1).first().asString().startsWith("not compressed: ");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void whatEndsTooEarlyIsAFailure(MessageCompression compression) {
        byte[] whole = compressed(compression, TEXT);
        for (int length = 0; length < whole.length; length++) {
            Parts parts = pipeline(compression).binary(Arrays.copyOf(whole, length));
            assertThat(parts.parts).as("%s bytes of %s", length, whole.length).isEmpty();
            assertThat(parts.failures).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void membersThatFollowEachOtherAreOneMessage(MessageCompression compression) {
        byte[] both = joined(compressed(compression, "a"), compressed(compression, TEXT));
        assertThat(pipeline(compression).binary(both).texts).containsExactly("a" + TEXT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void whatFollowsTheCompressedDataIsAFailureSoThatItIsNotLostSilently(
            MessageCompression compression) {
        byte[] first = compressed(compression, TEXT);
        for (byte[] rest :
                List.of(
                        new byte[1],
                        new byte[2],
                        new byte[3],
                        new byte[4],
                        new byte[100],
                        Arrays.copyOf(compressed(compression, "b"), 3),
                        Arrays.copyOf(compressed(compression, "b"), 8))) {
            Parts parts = pipeline(compression).binary(joined(first, rest));
            assertThat(parts.parts).as("%s bytes follow", rest.length).isEmpty();
            assertThat(parts.failures).hasSize(1);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void resultMayBeAsLargeAsAMessageMay(MessageCompression compression) {
        Parts parts =
                pipeline(compression)
                        .with(WebSocketOptions.MAX_MESSAGE_SIZE, new MemorySize(1000))
                        .binary(compressed(compression, "x".repeat(1000)))
                        .binary(compressed(compression, "x".repeat(1001)));
        assertThat(parts.texts).containsExactly("x".repeat(1000));
        assertThat(parts.failures)
                .hasSize(1)
                .first()
                .asString()
                .endsWith(": The decompressed message is larger than 1000 bytes.");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void bombAllocatesLittleMoreThanTheLimit(MessageCompression compression) throws Exception {
        byte[] bomb = compressed(compression, "x".repeat(64 << 20));
        Parts parts =
                pipeline(compression)
                        .with(WebSocketOptions.MAX_MESSAGE_SIZE, new MemorySize(1 << 20))
                        .binary(bomb);
        parts.failures.clear();
        // Zstandard has a window of up to 8 MiB besides.
        assertThat(Allocations.of(() -> parts.binary(bomb))).isLessThan(24 << 20);
        assertThat(parts.parts).isEmpty();
    }

    @Test
    void originalIsTheMessageAsItArrived() {
        byte[] bytes = compressed(MessageCompression.GZIP, TEXT);
        Parts parts = pipeline(MessageCompression.GZIP).binary(bytes);
        assertThat(parts.parts.get(0).getOriginal().getPayload()).isEqualTo(bytes);
    }

    private static Parts pipeline(MessageCompression compression) {
        return new Parts().with(WebSocketOptions.MESSAGE_COMPRESSION, compression);
    }

    private static byte[] compressed(MessageCompression compression, String text) {
        return Compressed.with(compression, text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.configuration.Configuration;

import io.airlift.compress.zstd.ZstdCompressor;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

import static org.assertj.core.api.Assertions.assertThat;

/** How binary messages are compressed. */
class CompressionDetectorTest {

    private static final byte[] JSON = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @Test
    void gzipZlibDeflateAndZstdAreFound() {
        assertThat(detect(Transcript.gzip("{\"a\":1}"))).isEqualTo(MessageCompression.GZIP);
        assertThat(detect(deflate(false))).isEqualTo(MessageCompression.ZLIB);
        assertThat(detect(deflate(true))).isEqualTo(MessageCompression.DEFLATE);
        assertThat(detect(zstd())).isEqualTo(MessageCompression.ZSTD);
    }

    @Test
    void binaryTextAndOtherBytesAreNotCompressed() {
        assertThat(detect(JSON)).isEqualTo(MessageCompression.NONE);
        byte[] random = new byte[200];
        new Random(1).nextBytes(random);
        assertThat(detect(random)).isEqualTo(MessageCompression.NONE);
        assertThat(detect(new byte[] {0x1f, (byte) 0x8b, 8})).isEqualTo(MessageCompression.NONE);
        assertThat(detect(new byte[0])).isEqualTo(MessageCompression.NONE);
    }

    @Test
    void textMessagesDoNotMatter() {
        assertThat(CompressionDetector.detect(options(), List.of(Transcript.text("{\"a\":1}"))))
                .isEqualTo(MessageCompression.NONE);
        assertThat(
                        CompressionDetector.detect(
                                options(),
                                List.of(
                                        Transcript.text("pong"),
                                        Transcript.binary(Transcript.gzip("{}")))))
                .isEqualTo(MessageCompression.GZIP);
    }

    @Test
    void messagesThatWouldBeTooLargeAreNotTakenForCompressed() {
        WebSocketMessage bomb = Transcript.binary(Transcript.gzip(" ".repeat(100_000)));
        Configuration options = options();
        options.setString(WebSocketOptions.MAX_MESSAGE_SIZE.key(), "50 kb");
        assertThat(CompressionDetector.detect(options, List.of(bomb)))
                .isEqualTo(MessageCompression.NONE);
    }

    private static MessageCompression detect(byte[] payload) {
        return CompressionDetector.detect(options(), List.of(Transcript.binary(payload)));
    }

    private static Configuration options() {
        Configuration options = new Configuration();
        options.set(WebSocketOptions.URL, List.of("wss://feed.example/"));
        return options;
    }

    private static byte[] deflate(boolean raw) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, raw);
        deflater.setInput(JSON);
        deflater.finish();
        byte[] bytes = new byte[100];
        int length = deflater.deflate(bytes);
        deflater.end();
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] zstd() {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] bytes = new byte[compressor.maxCompressedLength(JSON.length)];
        int length = compressor.compress(JSON, 0, JSON.length, bytes, 0, bytes.length);
        return Arrays.copyOf(bytes, length);
    }
}

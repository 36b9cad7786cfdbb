package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageCompression;

import org.apache.flink.annotation.Internal;

import io.airlift.compress.zstd.ZstdInputStream;

import javax.annotation.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Decompresses whole messages, up to a limit. Task thread. */
@Internal
final class Decompressor {

    private final MessageCompression compression;
    private final int maxSize;

    private Decompressor(MessageCompression compression, int maxSize) {
        this.compression = compression;
        this.maxSize = maxSize;
    }

    /**
     * @param maxSize how many bytes the result may have
     * @return null if there is nothing to do
     */
    @Nullable
    static Decompressor of(MessageCompression compression, int maxSize) {
        return compression == MessageCompression.NONE
                ? null
                : new Decompressor(compression, maxSize);
    }

    /**
     * @throws IOException if it is not what it should be, incomplete, or too large
     */
    byte[] decompress(byte[] compressed) throws IOException {
        InputStream bytes = new ByteArrayInputStream(compressed);
        switch (compression) {
            case GZIP:
                return read(new GZIPInputStream(bytes));
            case ZLIB:
                return inflate(bytes, false);
            case DEFLATE:
                return inflate(bytes, true);
            case ZSTD:
                return read(new ZstdInputStream(bytes));
            default:
                throw new IllegalStateException("No compression: " + compression);
        }
    }

    private byte[] inflate(InputStream compressed, boolean raw) throws IOException {
        Inflater inflater = new Inflater(raw);
        try {
            return read(new InflaterInputStream(compressed, inflater));
        } finally {
            inflater.end();
        }
    }

    private byte[] read(InputStream decompressed) throws IOException {
        try (InputStream in = decompressed) {
            byte[] bytes = in.readNBytes(maxSize);
            if (bytes.length == maxSize && in.read() >= 0) {
                throw new IOException(
                        "The decompressed message is larger than " + maxSize + " bytes.");
            }
            return bytes;
        }
    }
}

package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.Count;
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

/** Decompresses whole messages, or records, up to a limit. Task thread. */
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
        switch (compression) {
            case GZIP:
                return gunzip(compressed);
            case ZLIB:
                return inflate(compressed, false);
            case DEFLATE:
                return inflate(compressed, true);
            case ZSTD:
                return unzstd(compressed);
            default:
                throw new IllegalStateException("No compression: " + compression);
        }
    }

    private byte[] gunzip(byte[] compressed) throws IOException {
        try (GzipMembers in = new GzipMembers(compressed)) {
            byte[] bytes = read(in);
            checkEnd(in.following());
            return bytes;
        }
    }

    private byte[] inflate(byte[] compressed, boolean raw) throws IOException {
        Inflater inflater = new Inflater(raw);
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(compressed);
            byte[] bytes = read(new InflaterInputStream(in, inflater));
            checkEnd(inflater.getRemaining() + in.available());
            return bytes;
        } finally {
            inflater.end();
        }
    }

    private byte[] unzstd(byte[] compressed) throws IOException {
        byte[] bytes = read(new ZstdInputStream(new ByteArrayInputStream(compressed)));
        checkEnd(ZstdFrames.following(compressed));
        return bytes;
    }

    private byte[] read(InputStream decompressed) throws IOException {
        byte[] bytes = decompressed.readNBytes(maxSize);
        // Reads to the end in any case, where checksums are.
        if (decompressed.read() >= 0) {
            throw new IOException("The decompressed message is larger than " + maxSize + " bytes.");
        }
        return bytes;
    }

    private static void checkEnd(int following) throws IOException {
        if (following > 0) {
            throw new IOException(
                    "The compressed data is followed by " + Count.of(following, "byte") + ".");
        }
    }

    /** Members one after another; unlike its parent, it does not hide what follows them. */
    private static final class GzipMembers extends GZIPInputStream {

        private static final int TRAILER = 8;

        GzipMembers(byte[] compressed) throws IOException {
            // All goes into the inflater at once, which then knows what is left.
            super(new ByteArrayInputStream(compressed), Math.max(1, compressed.length));
        }

        int following() {
            return inf.getRemaining() - TRAILER;
        }
    }
}

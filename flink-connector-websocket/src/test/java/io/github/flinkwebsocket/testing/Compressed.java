package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.feed.MessageCompression;

import io.airlift.compress.zstd.ZstdOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses as servers do. */
public final class Compressed {

    public static byte[] with(MessageCompression compression, byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = stream(compression, compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static OutputStream stream(MessageCompression compression, OutputStream to)
            throws IOException {
        switch (compression) {
            case GZIP:
                return new GZIPOutputStream(to);
            case ZLIB:
                return new DeflaterOutputStream(to);
            case DEFLATE:
                return new DeflaterOutputStream(
                        to, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
            case ZSTD:
                return new ZstdOutputStream(to);
            default:
                return to;
        }
    }

    private Compressed() {}
}

package io.github.flinkwebsocket.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Compresses messages as a server with permessage-deflate does (RFC 7692, section 7.2.1). */
public final class MessageDeflater implements AutoCloseable {

    private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    private final boolean contextTakeover;

    /**
     * @param contextTakeover whether a message may refer to the ones before
     */
    public MessageDeflater(boolean contextTakeover) {
        this.contextTakeover = contextTakeover;
    }

    public byte[] compress(String message) {
        return compress(message.getBytes(StandardCharsets.UTF_8));
    }

    /** The payload of the compressed message. */
    public byte[] compress(byte[] message) {
        if (message.length == 0) {
            return new byte[] {0}; // RFC 7692, section 7.2.3.6
        }
        if (!contextTakeover) {
            deflater.reset();
        }
        deflater.setInput(message);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        int n;
        do {
            n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            bytes.write(buffer, 0, n);
        } while (n == buffer.length);
        // A sync flush ends with 00 00 FF FF, which is left out on the wire.
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 4);
    }

    /** A text message in one compressed frame. */
    public Frame frame(String message) {
        return Frame.of(true, Frame.TEXT, compress(message)).withReservedBits(0x40);
    }

    @Override
    public void close() {
        deflater.end();
    }
}

package io.github.flinkwebsocket.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The least that gives checked messages: finds the frames, copies each payload and checks that it
 * is UTF-8. Knows final, unmasked data frames only.
 */
final class HandWrittenParser implements Receiver {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] buffer = new byte[PlainSocket.BUFFER];
    private InputStream in;
    private int from;
    private int to;

    @Override
    public void receive(URI uri) throws IOException {
        in = PlainSocket.connect(uri);
        while (true) {
            byte[] payload = readMessage();
            checkUtf8(payload);
            Counter.add(1);
        }
    }

    private byte[] readMessage() throws IOException {
        require(2);
        int length = buffer[from + 1] & 0x7F;
        int header = length < 126 ? 2 : length == 126 ? 4 : 10;
        require(header);
        if (header > 2) {
            length = 0;
            for (int i = from + 2; i < from + header; i++) {
                length = length << 8 | (buffer[i] & 0xFF);
            }
        }
        from += header;
        byte[] payload = new byte[length];
        int filled = 0;
        while (filled < length) {
            require(1);
            int n = Math.min(length - filled, to - from);
            System.arraycopy(buffer, from, payload, filled, n);
            from += n;
            filled += n;
        }
        return payload;
    }

    private void require(int bytes) throws IOException {
        while (to - from < bytes) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            int n = in.read(buffer, to, buffer.length - to);
            if (n < 0) {
                throw new EOFException();
            }
            to += n;
        }
    }

    private static void checkUtf8(byte[] bytes) throws IOException {
        int i = 0;
        while (bytes.length - i >= Long.BYTES
                && ((long) LONGS.get(bytes, i) & 0x8080808080808080L) == 0) {
            i += Long.BYTES;
        }
        while (i < bytes.length && bytes[i] >= 0) {
            i++;
        }
        if (i < bytes.length) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        }
    }
}

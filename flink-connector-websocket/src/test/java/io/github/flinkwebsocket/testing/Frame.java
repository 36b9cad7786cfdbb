package io.github.flinkwebsocket.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One frame on the wire (RFC 6455, section 5.2): written as a server does, read as a client's. */
public final class Frame {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    public final int firstByte;
    public final byte[] payload;

    private Frame(int firstByte, byte[] payload) {
        this.firstByte = firstByte;
        this.payload = payload;
    }

    /** A whole, unfragmented text message. */
    public static Frame text(String text) {
        return of(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole, unfragmented binary message. */
    public static Frame binary(byte[] payload) {
        return of(true, BINARY, payload);
    }

    public static Frame ping(String payload) {
        return of(true, PING, payload.getBytes(StandardCharsets.UTF_8));
    }

    public static Frame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[text.length + 2];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return of(true, CLOSE, payload);
    }

    public static Frame of(boolean fin, int opcode, byte[] payload) {
        return new Frame((fin ? 0x80 : 0) | opcode, payload);
    }

    /** The same frame with reserved bits set, such as 0x40 for a compressed message. */
    public Frame withReservedBits(int bits) {
        return new Frame(firstByte | bits, payload);
    }

    public int opcode() {
        return firstByte & 0x0F;
    }

    public boolean isFin() {
        return (firstByte & 0x80) != 0;
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 1005 if it has none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    }

    /** The reason of a close frame. */
    public String closeReason() {
        return payload.length < 2
                ? ""
                : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** The bytes a server sends: unmasked. */
    public byte[] encode() {
        return encode(payload.length, false);
    }

    /** The bytes of a masked frame, which no server may send. */
    public byte[] encodeMasked() {
        return encode(payload.length, true);
    }

    /** The bytes of a frame whose header declares another length than the payload has. */
    public byte[] encodeDeclaring(long length) {
        return encode(length, false);
    }

    private byte[] encode(long length, boolean masked) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            int mask = masked ? 0x80 : 0;
            out.writeByte(firstByte);
            if (length >= 0 && length < 126) {
                out.writeByte(mask | (int) length);
            } else if (length >= 0 && length < 65536) {
                out.writeByte(mask | 126);
                out.writeShort((int) length);
            } else {
                out.writeByte(mask | 127);
                out.writeLong(length);
            }
            if (masked) {
                out.writeInt(0); // A key of zeros leaves the payload as it is.
            }
            out.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads a client's frame and checks that it is masked. */
    static Frame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if ((second & 0x80) == 0) {
            throw new IOException("The client sent an unmasked frame.");
        }
        int length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] key = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i % 4];
        }
        return new Frame(first, payload);
    }

    @Override
    public String toString() {
        return "Frame{opcode=" + opcode() + ", fin=" + isFin() + ", " + payload.length + " bytes}";
    }
}

package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.MessageDeflater;

import javax.annotation.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A valid stream of frames, and what a parser must find in it. */
final class RandomStream {

    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<String> expected = new ArrayList<>();
    private final Random random;
    @Nullable private final MessageDeflater deflater;

    RandomStream(Random random, @Nullable MessageDeflater deflater) {
        this.random = random;
        this.deflater = deflater;
    }

    boolean isCompressed() {
        return deflater != null;
    }

    void addMessage() {
        boolean text = random.nextBoolean();
        byte[] message = new byte[length()];
        if (text) {
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) random.nextInt(128);
            }
        } else {
            random.nextBytes(message);
        }
        boolean compressed = isCompressed() && random.nextBoolean();
        byte[] payload = compressed ? deflater.compress(message) : message;
        int fragments = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(5);
        int at = 0;
        for (int i = 0; i < fragments; i++) {
            int last = payload.length - at;
            int n = i == fragments - 1 ? last : random.nextInt(last + 1);
            int opcode = i > 0 ? Frame.CONTINUATION : text ? Frame.TEXT : Frame.BINARY;
            byte[] part = Arrays.copyOfRange(payload, at, at + n);
            Frame frame = Frame.of(i == fragments - 1, opcode, part);
            add(compressed && i == 0 ? frame.withReservedBits(0x40) : frame);
            at += n;
            if (i < fragments - 1) {
                addControlFrames();
            }
        }
        expected.add(FrameLog.message(message, text));
        addControlFrames();
    }

    private int length() {
        switch (random.nextInt(4)) {
            case 0:
                return random.nextInt(4);
            case 1:
                return 124 + random.nextInt(4);
            case 2:
                return 65534 + random.nextInt(4);
            default:
                return random.nextInt(3000);
        }
    }

    private void addControlFrames() {
        while (random.nextInt(4) == 0) {
            byte[] payload = new byte[random.nextInt(126)];
            random.nextBytes(payload);
            if (random.nextBoolean()) {
                add(Frame.of(true, Frame.PONG, payload));
            } else {
                add(Frame.of(true, Frame.PING, payload));
                expected.add(FrameLog.ping(payload));
            }
        }
    }

    void addClose() {
        add(Frame.close(4000, "seed"));
        expected.add("close 4000 seed");
        byte[] rest = new byte[random.nextInt(50)];
        random.nextBytes(rest);
        bytes.writeBytes(rest);
    }

    private void add(Frame frame) {
        bytes.writeBytes(frame.encode());
    }
}

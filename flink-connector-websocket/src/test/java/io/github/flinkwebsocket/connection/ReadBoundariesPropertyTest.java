package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.Parts;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Frames within messages are the same however fragments and socket reads cut the messages. */
class ReadBoundariesPropertyTest {

    private static final String MESSAGE =
            "{\"v\":[\"ä\",1]}\n{\"v\":\"\\n\"}\n\n{\"w\":2}{\"v\":3}";
    private static final byte[] BYTES = MESSAGE.getBytes(StandardCharsets.UTF_8);

    @Property(tries = 300)
    void framesDoNotDependOnThem(
            @ForAll MessageFraming framing,
            @ForAll @Size(max = 5) List<@IntRange(max = 40) Integer> fragments,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 30) Integer> reads)
            throws Exception {
        Parts expected = parts(framing).text(MESSAGE);
        Parts parts = parts(framing);
        FrameParser parser = new FrameParser(new TextMessages(parts), 1 << 20);
        byte[] stream = stream(fragments);
        int at = 0;
        for (int i = 0; at < stream.length; i++) {
            int end = Math.min(stream.length, at + reads.get(i % reads.size()));
            parser.parse(stream, at, end);
            at = end;
        }
        assertThat(parts.texts).isNotEmpty().isEqualTo(expected.texts);
        assertThat(parts.failures).isEqualTo(expected.failures);
    }

    private static Parts parts(MessageFraming framing) {
        Parts parts = new Parts().with(WebSocketOptions.MESSAGE_FRAMING, framing);
        return framing == MessageFraming.SEPARATOR
                ? parts.with(WebSocketOptions.MESSAGE_SEPARATOR, "\\n\\n")
                : parts;
    }

    /** The message in fragments of these sizes, and what is left. */
    private static byte[] stream(List<Integer> fragments) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int at = 0;
        for (int size : fragments) {
            int end = Math.min(BYTES.length, at + size);
            add(stream, at, end, false, stream.size() == 0);
            at = end;
        }
        add(stream, at, BYTES.length, true, stream.size() == 0);
        return stream.toByteArray();
    }

    private static void add(
            ByteArrayOutputStream stream, int from, int to, boolean last, boolean first) {
        int opcode = first ? Frame.TEXT : Frame.CONTINUATION;
        stream.writeBytes(Frame.of(last, opcode, Arrays.copyOfRange(BYTES, from, to)).encode());
    }

    /** Sends text messages through a pipeline. */
    private static final class TextMessages implements FrameHandler {

        private final Parts parts;

        TextMessages(Parts parts) {
            this.parts = parts;
        }

        @Override
        public void onMessage(byte[] payload, boolean text) {
            parts.text(new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onPing(byte[] payload) {}

        @Override
        public void onClose(int code, String reason) {}
    }
}

package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import java.nio.charset.Charset;
import java.util.function.BiConsumer;

/** Cuts a message into lines. The end of the message ends its last line. Immutable; task thread. */
@Internal
final class LineDecoder implements EventDecoder {

    private final Charset charset;
    private final String delimiter;
    private final BiConsumer<String, EventSink> line;

    /**
     * @param line takes each line, also empty ones, without its delimiter
     */
    LineDecoder(Charset charset, String delimiter, BiConsumer<String, EventSink> line) {
        this.charset = charset;
        this.delimiter = delimiter;
        this.line = line;
    }

    @Override
    public void decode(byte[] payload, EventSink out) {
        String text = new String(payload, charset);
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf(delimiter, start);
            if (end < 0) {
                end = text.length();
            }
            line.accept(text.substring(start, end), out);
            start = end + delimiter.length();
        }
    }
}

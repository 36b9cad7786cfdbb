package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Arrays;

/** Cuts where a separator is; empty frames are left out. Task thread. */
@Internal
final class SeparatorFramer extends Framer {

    private final byte[] separator;
    private final boolean lines;
    private byte[] payload;
    private int at;

    /**
     * @param lines whether a carriage return at the end of a frame belongs to the separator
     */
    SeparatorFramer(byte[] separator, boolean lines) {
        this.separator = separator;
        this.lines = lines;
    }

    @Override
    void start(byte[] newPayload) {
        payload = newPayload;
        at = 0;
    }

    @Nullable
    @Override
    WebSocketMessage next() {
        while (at < payload.length) {
            int from = at;
            int end = find(from);
            at = end < 0 ? payload.length : end + separator.length;
            int to = end < 0 ? payload.length : end;
            if (lines && to > from && payload[to - 1] == '\r') {
                to--;
            }
            if (to > from) {
                return frame(from, to);
            }
        }
        return null;
    }

    private int find(int from) {
        for (int i = from; i <= payload.length - separator.length; i++) {
            if (payload[i] == separator[0]
                    && Arrays.equals(
                            payload, i, i + separator.length, separator, 0, separator.length)) {
                return i;
            }
        }
        return -1;
    }
}

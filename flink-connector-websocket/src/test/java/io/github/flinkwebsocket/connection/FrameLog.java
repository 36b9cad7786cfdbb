package io.github.flinkwebsocket.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a parser finds, one line each; bytes as ISO 8859-1, so that none is lost. */
final class FrameLog implements FrameHandler {

    final List<String> lines = new ArrayList<>();

    static String message(byte[] payload, boolean text) {
        return (text ? "text " : "binary ") + new String(payload, StandardCharsets.ISO_8859_1);
    }

    static String ping(byte[] payload) {
        return "ping " + new String(payload, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void onMessage(byte[] payload, boolean text) {
        lines.add(message(payload, text));
    }

    @Override
    public void onPing(byte[] payload) {
        lines.add(ping(payload));
    }

    @Override
    public void onClose(int code, String reason) {
        lines.add("close " + code + " " + reason);
    }
}

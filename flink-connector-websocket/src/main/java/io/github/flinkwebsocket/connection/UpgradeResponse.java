package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidHandshakeException;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The server's answer to the upgrade request (RFC 6455, section 4.2.2; RFC 9112, section 4):
 * status, headers, and the beginning of the body. Immutable; any thread.
 */
@Internal
public final class UpgradeResponse {

    /** How much of a body is kept. */
    static final int MAX_BODY = 4096;

    /** How long status line and headers may be. */
    static final int MAX_HEAD = 64 * 1024;

    private final int status;
    private final String reason;
    private final Map<String, List<String>> headers;
    private final String body;
    private final int headLength;

    private UpgradeResponse(
            int status,
            String reason,
            Map<String, List<String>> headers,
            String body,
            int headLength) {
        this.status = status;
        this.reason = reason;
        this.headers = headers;
        this.body = body;
        this.headLength = headLength;
    }

    /**
     * Parses what has arrived so far.
     *
     * @return null if the end of the headers has not arrived
     * @throws InvalidHandshakeException if it is not HTTP/1.1, or too long
     */
    @Nullable
    static UpgradeResponse parse(byte[] bytes, int from, int to) throws InvalidHandshakeException {
        checkStart(bytes, from, to);
        int end = headEnd(bytes, from, Math.min(to, from + MAX_HEAD));
        if (end < 0) {
            if (to - from >= MAX_HEAD) {
                throw new InvalidHandshakeException(
                        "the headers of the answer were longer than " + MAX_HEAD + " bytes");
            }
            return null;
        }
        String[] lines =
                new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).split("\r?\n");
        String[] statusLine = lines[0].split(" ", 3);
        if (statusLine.length < 2 || !statusLine[1].matches("[1-9][0-9][0-9]")) {
            throw notHttp();
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(lines[i].substring(0, colon).trim(), k -> new ArrayList<>())
                        .add(lines[i].substring(colon + 1).trim());
            }
        }
        int bodyEnd = Math.min(to, end + MAX_BODY);
        return new UpgradeResponse(
                Integer.parseInt(statusLine[1]),
                statusLine.length == 3 ? statusLine[2] : "",
                Collections.unmodifiableMap(headers),
                new String(bytes, end, bodyEnd - end, StandardCharsets.UTF_8),
                end - from);
    }

    private static void checkStart(byte[] bytes, int from, int to)
            throws InvalidHandshakeException {
        String expected = "HTTP/1.1 ";
        for (int i = 0; i < expected.length() && from + i < to; i++) {
            if (bytes[from + i] != expected.charAt(i)) {
                throw notHttp();
            }
        }
    }

    private static InvalidHandshakeException notHttp() {
        return new InvalidHandshakeException("the server did not answer with HTTP/1.1");
    }

    /** The index after the empty line, or -1. */
    private static int headEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                int next = i + 1 < to && bytes[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < to && bytes[next] == '\n') {
                    return next + 1;
                }
            }
        }
        return -1;
    }

    /** Whether so many bytes hold all of the body that is kept, as far as Content-Length tells. */
    boolean isComplete(int available) {
        if (header("Transfer-Encoding") != null && body.endsWith("0\r\n\r\n")) {
            return true;
        }
        String length = header("Content-Length");
        if (length == null || !length.matches("[0-9]{1,9}")) {
            return available - headLength >= MAX_BODY;
        }
        return available - headLength >= Math.min(MAX_BODY, Integer.parseInt(length));
    }

    /** How many bytes status line and headers have, the empty line included. */
    int headLength() {
        return headLength;
    }

    public int status() {
        return status;
    }

    /** The words behind the status; may be empty. */
    public String reason() {
        return reason;
    }

    /** The first value of a header, by its name in any case; null if it is absent. */
    @Nullable
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** All headers; names compare in any case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** At most the first 4 KiB of the body. */
    public String body() {
        return body;
    }
}

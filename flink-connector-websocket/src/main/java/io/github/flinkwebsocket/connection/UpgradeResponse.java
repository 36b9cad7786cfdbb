package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidHandshakeException;

import javax.annotation.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The server's answer to the upgrade request (RFC 6455, section 4.2.2; RFC 9112, section 4):
 * status, headers, and the beginning of the body. Immutable; any thread.
 */
@Internal
public final class UpgradeResponse {

    /** How much of the words behind the status is shown. */
    static final int MAX_REASON = 200;

    /** How much of a body is kept. */
    static final int MAX_BODY = 4096;

    /** Where in "HTTP/1.1" the minor version is. Refusals and proxies may speak HTTP/1.0. */
    private static final int MINOR_VERSION = 7;

    /** How long status line and headers may be. */
    static final int MAX_HEAD = 64 * 1024;

    private final int status;
    private final String reason;
    private final Map<String, List<String>> headers;
    private final String body;
    private final boolean lastChunk;
    private final int headLength;

    private UpgradeResponse(
            int status,
            String reason,
            Map<String, List<String>> headers,
            String body,
            boolean lastChunk,
            int headLength) {
        this.status = status;
        this.reason = reason;
        this.headers = headers;
        this.body = body;
        this.lastChunk = lastChunk;
        this.headLength = headLength;
    }

    /**
     * Parses what has arrived so far.
     *
     * @return null if the end of the headers has not arrived
     * @throws InvalidHandshakeException if it is not HTTP/1, or too long
     */
    @Nullable
    static UpgradeResponse parse(byte[] bytes, int from, int to) throws InvalidHandshakeException {
        checkStart(bytes, from, to);
        int end = headEnd(bytes, from, Math.min(to, from + MAX_HEAD));
        if (end < 0) {
            if (to - from >= MAX_HEAD) {
                throw tooLong();
            }
            return null;
        }
        String[] lines =
                new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).split("\r?\n");
        String[] statusLine = lines[0].split(" ", 3);
        if (statusLine.length < 2
                || !statusLine[1].matches("[1-9][0-9][0-9]")
                || (statusLine[0].equals("HTTP/1.0") && statusLine[1].equals("101"))) {
            throw notHttp();
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith(" ") || lines[i].startsWith("\t")) {
                throw new InvalidHandshakeException(
                        "a header of the answer with status "
                                + statusLine[1]
                                + " is folded over two lines, which HTTP/1.1 forbids");
            }
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(lines[i].substring(0, colon).trim(), k -> new ArrayList<>())
                        .add(lines[i].substring(colon + 1).trim());
            }
        }
        int bodyEnd = Math.min(to, end + MAX_BODY);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean lastChunk = false;
        if (headers.containsKey("Transfer-Encoding")) {
            lastChunk = readChunks(bytes, end, bodyEnd, body);
        } else {
            body.write(bytes, end, bodyEnd - end);
        }
        return new UpgradeResponse(
                Integer.parseInt(statusLine[1]),
                statusLine.length == 3 ? statusLine[2] : "",
                Collections.unmodifiableMap(headers),
                body.toString(StandardCharsets.UTF_8),
                lastChunk,
                end - from);
    }

    /** Takes the data out of chunks (RFC 9112, section 7.1); tells whether it saw the last one. */
    private static boolean readChunks(byte[] bytes, int from, int to, ByteArrayOutputStream data) {
        int at = from;
        while (at < to) {
            int start = at;
            while (start < to && bytes[start] != '\n') {
                start++;
            }
            String size = new String(bytes, at, start - at, StandardCharsets.ISO_8859_1);
            size = size.split(";", 2)[0].trim();
            if (start == to || !size.matches("[0-9a-fA-F]{1,7}")) {
                return false;
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                return true;
            }
            start++;
            data.write(bytes, start, Math.min(length, to - start));
            at = start + length + 2;
        }
        return false;
    }

    private static void checkStart(byte[] bytes, int from, int to)
            throws InvalidHandshakeException {
        String expected = "HTTP/1.1 ";
        for (int i = 0; i < expected.length() && from + i < to; i++) {
            boolean oldMinor = i == MINOR_VERSION && bytes[from + i] == '0';
            if (bytes[from + i] != expected.charAt(i) && !oldMinor) {
                throw notHttp();
            }
        }
    }

    static InvalidHandshakeException tooLong() {
        return new InvalidHandshakeException(
                "the headers of the answer were longer than " + MAX_HEAD + " bytes");
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

    /** Whether it only announces the final answer; 101 is a final one. */
    boolean isInterim() {
        return status < 200 && status != 101;
    }

    /**
     * Whether so many bytes hold all that matters: of a redirect with a Location the head, of other
     * answers the body, as far as it is kept. A body whose length is not told never is complete.
     */
    boolean isComplete(int available) {
        int arrived = available - headLength;
        boolean hasBody = status != 204 && status != 304;
        if (!hasBody || lastChunk || arrived >= MAX_BODY) {
            return true;
        }
        if (status / 100 == 3 && headers.containsKey("Location")) {
            return true;
        }
        return !headers.containsKey("Transfer-Encoding") && arrived >= contentLength();
    }

    /** As far as a body is kept; more than that if it is not told. */
    private int contentLength() {
        List<String> values = headers.getOrDefault("Content-Length", List.of(""));
        boolean known = values.stream().distinct().count() == 1 && values.get(0).matches("[0-9]+");
        if (!known) {
            return Integer.MAX_VALUE;
        }
        String digits = values.get(0);
        return digits.length() > 9 ? MAX_BODY : Math.min(MAX_BODY, Integer.parseInt(digits));
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

    /** All values of a header, lines joined as RFC 9110, section 5.3 says; empty if absent. */
    String joined(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    /** The tokens of a header that is a list of them, in lower case; empty if it is absent. */
    List<String> tokens(String name) {
        return Arrays.stream(joined(name).toLowerCase(Locale.ROOT).split(","))
                .map(String::trim)
                .filter(token -> !token.isEmpty())
                .collect(Collectors.toList());
    }

    /** All headers; names compare in any case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** What came of the body within its first 4 KiB. */
    public String body() {
        return body;
    }
}

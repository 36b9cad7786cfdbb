package io.github.flinkwebsocket.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket connection by hand: only the upgrade is done. */
final class PlainSocket {

    static final int BUFFER = 64 * 1024;

    /** The input of a connection, at its first frame. */
    static InputStream connect(URI uri) throws IOException {
        @SuppressWarnings("resource") // open until the JVM ends
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        String request =
                "GET "
                        + uri.getRawPath()
                        + "?"
                        + uri.getRawQuery()
                        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        readHead(in);
        return in;
    }

    /** Reads to the end of an HTTP head, and not a byte further. */
    static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the connection ended within the upgrade");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private PlainSocket() {}
}

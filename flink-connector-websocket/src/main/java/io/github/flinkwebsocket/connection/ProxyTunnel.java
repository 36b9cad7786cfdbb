package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.credentials.BasicCredentials;
import io.github.flinkwebsocket.feed.ProxySettings;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidHandshakeException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Asks a proxy, on a socket connected to it, for a way to the server: HTTP CONNECT (RFC 9110,
 * section 9.3.6) or SOCKS5 (RFC 1928, RFC 1929). The proxy resolves the server's name. Runs on the
 * I/O thread.
 */
@Internal
final class ProxyTunnel {

    private static final int SOCKS_VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USERNAME_PASSWORD = 2;
    private static final int REFUSED = 0xFF;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int MAX_TEXT = 255;
    private static final String[] SOCKS_FAILURES = {
        "succeeded",
        "general failure",
        "connection not allowed",
        "network unreachable",
        "host unreachable",
        "connection refused",
        "TTL expired",
        "command not supported",
        "address type not supported"
    };

    private final ProxySettings proxy;
    private final SentSecrets sent;

    ProxyTunnel(ProxySettings proxy, SentSecrets sent) {
        this.proxy = proxy;
        this.sent = sent;
    }

    /** Returns when what is written to the socket reaches the server. */
    void open(Socket socket, String host, int port) throws IOException {
        if (proxy.isSocks()) {
            openSocks(socket.getInputStream(), socket.getOutputStream(), host, port);
        } else {
            openHttp(socket.getInputStream(), socket.getOutputStream(), host, port);
        }
    }

    private void openHttp(InputStream in, OutputStream out, String host, int port)
            throws IOException {
        StringBuilder request = new StringBuilder();
        request.append("CONNECT ").append(host).append(':').append(port).append(" HTTP/1.1\r\n");
        request.append("Host: ").append(host).append(':').append(port).append("\r\n");
        if (proxy.username() != null) {
            String userInfo = proxy.username() + ":" + proxy.password();
            request.append("Proxy-Authorization: ");
            request.append(BasicCredentials.authorization(userInfo)).append("\r\n");
        }
        out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        UpgradeResponse response = readResponse(in);
        if (response.status() / 100 != 2) {
            throw new IOException(
                    String.format(
                            "the %s refused with status %d %s",
                            proxy,
                            response.status(),
                            sent.harmless(response.reason(), UpgradeResponse.MAX_REASON)));
        }
    }

    /** Byte by byte: what follows the headers is the server's. */
    private UpgradeResponse readResponse(InputStream in) throws IOException {
        InterimResponses interim = new InterimResponses();
        byte[] head = new byte[1024];
        int length = 0;
        while (true) {
            if (length == head.length) {
                head = Arrays.copyOf(head, length * 2);
            }
            head[length++] = (byte) readByte(in);
            if (head[length - 1] == '\n') {
                try {
                    UpgradeResponse response = interim.skip(head, 0, length);
                    if (response != null) {
                        return response;
                    }
                } catch (InvalidHandshakeException e) {
                    throw new IOException("the " + proxy + " did not answer with HTTP", e);
                }
            } else if (length - interim.length() >= UpgradeResponse.MAX_HEAD) {
                throw new IOException("the " + proxy + " answered with too long headers");
            }
        }
    }

    private void openSocks(InputStream in, OutputStream out, String host, int port)
            throws IOException {
        int method = proxy.username() == null ? NO_AUTHENTICATION : USERNAME_PASSWORD;
        out.write(new byte[] {SOCKS_VERSION, 1, (byte) method});
        out.flush();
        if (readByte(in) != SOCKS_VERSION) {
            throw new IOException("the " + proxy + " does not speak SOCKS5");
        }
        int chosen = readByte(in);
        if (chosen == REFUSED || chosen != method) {
            throw new IOException(
                    "the "
                            + proxy
                            + (method == NO_AUTHENTICATION
                                    ? " wants authentication"
                                    : " does not take user name and password"));
        }
        if (method == USERNAME_PASSWORD) {
            authenticate(in, out);
        }
        out.write(connectRequest(host, port));
        out.flush();
        readSocksAnswer(in, host, port);
    }

    /** An address goes as such: proxies would look up its text as a name. */
    private static byte[] connectRequest(String host, int port) throws IOException {
        byte[] address = Hosts.literal(host);
        int type = IPV4;
        if (address == null) {
            byte[] name = host.getBytes(StandardCharsets.US_ASCII);
            if (name.length > MAX_TEXT) {
                throw new IOException("SOCKS5 allows 255 letters for the name of a host");
            }
            type = NAME;
            address =
                    ByteBuffer.allocate(1 + name.length).put((byte) name.length).put(name).array();
        } else if (address.length > 4) {
            type = IPV6;
        }
        return ByteBuffer.allocate(6 + address.length)
                .put(new byte[] {SOCKS_VERSION, 1, 0, (byte) type})
                .put(address)
                .putShort((short) port)
                .array();
    }

    private void authenticate(InputStream in, OutputStream out) throws IOException {
        byte[] username = proxy.username().getBytes(StandardCharsets.UTF_8);
        byte[] password = proxy.password().getBytes(StandardCharsets.UTF_8);
        if (username.length > MAX_TEXT || password.length > MAX_TEXT) {
            throw new IOException("SOCKS5 allows 255 bytes for user name and password");
        }
        byte[] request = new byte[3 + username.length + password.length];
        request[0] = 1;
        request[1] = (byte) username.length;
        System.arraycopy(username, 0, request, 2, username.length);
        request[2 + username.length] = (byte) password.length;
        System.arraycopy(password, 0, request, 3 + username.length, password.length);
        out.write(request);
        out.flush();
        readByte(in);
        if (readByte(in) != 0) {
            throw new IOException("the " + proxy + " refused user name and password");
        }
    }

    private void readSocksAnswer(InputStream in, String host, int port) throws IOException {
        readByte(in);
        int result = readByte(in);
        if (result != 0) {
            throw new IOException(
                    String.format(
                            "the %s could not reach %s:%d: %s",
                            proxy,
                            host,
                            port,
                            result < SOCKS_FAILURES.length ? SOCKS_FAILURES[result] : result));
        }
        readByte(in);
        int type = readByte(in);
        int length = type == IPV4 ? 4 : type == IPV6 ? 16 : readByte(in);
        for (int i = 0; i < length + 2; i++) {
            readByte(in);
        }
    }

    private int readByte(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the " + proxy + " ended the connection");
        }
        return b;
    }
}

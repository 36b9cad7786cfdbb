package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.ConnectionSettings;
import io.github.flinkwebsocket.feed.ProxySettings;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.net.SocketFactory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the connected socket of one attempt: TCP, through a proxy if there is one, and TLS for
 * {@code wss}. Connects on the I/O thread; {@link #close()} breaks that off from any thread.
 */
@Internal
final class SocketConnector extends SocketFactory {

    private final URI uri;
    private final int port;
    private final boolean tls;
    private final ConnectionSettings settings;

    /** Another one for each address that is tried. */
    private volatile ConnectionSocket socket = new ConnectionSocket();

    private volatile boolean closed;
    private SentSecrets sent = SentSecrets.NONE;

    SocketConnector(URI uri, ConnectionSettings settings) {
        this.uri = uri;
        this.settings = settings;
        this.tls = "wss".equalsIgnoreCase(uri.getScheme());
        this.port = UpgradeRequest.port(uri);
    }

    /** The Host header (RFC 6455, section 4.1): with the port unless it is the scheme's own. */
    String hostHeader() {
        return port == (tls ? 443 : 80) ? uri.getHost() : uri.getHost() + ":" + port;
    }

    /** What the proxy must not be quoted with. I/O thread. */
    void sends(SentSecrets secrets) {
        sent = secrets;
    }

    /** Called by the library on the I/O thread: gives a socket on which HTTP can be spoken. */
    @Override
    public Socket createSocket() throws IOException {
        ProxySettings proxy = settings.proxy();
        if (proxy == null) {
            connect(addresses(uri.getHost()), port);
        } else {
            connect(addresses(proxy.host()), proxy.port());
            new ProxyTunnel(proxy, sent).open(socket, uri.getHost(), port);
        }
        return tls ? new TlsLayer(settings.tls()).handshake(socket, uri.getHost(), port) : socket;
    }

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UnknownHostException("unknown host '" + host + "'");
        }
    }

    /** Connects to the first address that answers; none but the last may use up all the time. */
    void connect(InetAddress[] addresses, int toPort) throws IOException {
        int part = (int) Math.max(1, settings.connectTimeout() / addresses.length);
        List<String> failures = new ArrayList<>();
        for (int i = 0; ; i++) {
            checkOpen();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(addresses[i], toPort),
                        i == addresses.length - 1 ? 0 : part);
                return;
            } catch (IOException e) {
                checkOpen();
                failures.add(addresses[i].getHostAddress() + ": " + e.getMessage());
                if (i == addresses.length - 1) {
                    throw i == 0 ? e : new ConnectException(String.join("; ", failures));
                }
                socket.close();
                socket = new ConnectionSocket();
            }
        }
    }

    /**
     * @throws SocketException if {@link #close()} has been called
     */
    void checkOpen() throws SocketException {
        if (closed) {
            throw new SocketException("closed");
        }
    }

    /** The plain socket under whatever is spoken on it. */
    ConnectionSocket socket() {
        return socket;
    }

    /** Closes the plain socket, which ends every call on it, blocked ones too. Any thread. */
    void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }

    /** From now on a read fails when nothing comes for so long. */
    void limitSilence(int millis) {
        try {
            socket.setSoTimeout(millis);
        } catch (SocketException ignored) {
            // It is closed, so that a read fails anyway.
        }
    }

    /** Why reading or writing failed, or null. */
    @Nullable
    IOException failure() {
        return socket.failure();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}

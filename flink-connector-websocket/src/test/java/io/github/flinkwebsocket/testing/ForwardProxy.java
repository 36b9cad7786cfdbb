package io.github.flinkwebsocket.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on a free port of 127.0.0.1 that speaks HTTP CONNECT or SOCKS5, and asks for a user name
 * and a password if it has been given some.
 */
public final class ForwardProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final boolean socks;
    private final String credentials;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final List<Integer> types = new CopyOnWriteArrayList<>();

    private ForwardProxy(boolean socks, String credentials) {
        this.socks = socks;
        this.credentials = credentials;
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::acceptAll);
    }

    /**
     * @param credentials user name and password with a colon between, or null to ask for none
     */
    public static ForwardProxy http(String credentials) {
        return new ForwardProxy(false, credentials);
    }

    /**
     * @param credentials user name and password with a colon between, or null to ask for none
     */
    public static ForwardProxy socks(String credentials) {
        return new ForwardProxy(true, credentials);
    }

    public String url() {
        return (socks ? "socks5" : "http") + "://127.0.0.1:" + listener.getLocalPort();
    }

    /** Host and port of every tunnel, as the client named them. */
    public List<String> targets() {
        return targets;
    }

    /** The types of the addresses of all tunnels (RFC 1928, section 4). */
    public List<Integer> addressTypes() {
        return types;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                start(() -> serve(client));
            } catch (IOException e) {
                return; // It has been closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            String target = socks ? socksTarget(in, client) : httpTarget(in, client);
            if (target == null) {
                return;
            }
            targets.add(target);
            int colon = target.lastIndexOf(':');
            try (Socket server =
                    new Socket(
                            target.substring(0, colon),
                            Integer.parseInt(target.substring(colon + 1)))) {
                sockets.add(server);
                client.getOutputStream()
                        .write(
                                socks
                                        ? new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1}
                                        : ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
                start(() -> pump(server, client));
                pump(client, server);
            }
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    private String httpTarget(DataInputStream in, Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String expected =
                credentials == null
                        ? ""
                        : "Proxy-Authorization: Basic "
                                + Base64.getEncoder().encodeToString(ascii(credentials));
        if (head.indexOf(expected) < 0) {
            client.getOutputStream()
                    .write(ascii("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
            return null;
        }
        return head.toString().split(" ")[1];
    }

    private String socksTarget(DataInputStream in, Socket client) throws IOException {
        in.readUnsignedByte();
        byte[] offered = in.readNBytes(in.readUnsignedByte());
        int method = credentials == null ? 0 : 2;
        boolean agreed = new String(offered, StandardCharsets.ISO_8859_1).indexOf(method) >= 0;
        client.getOutputStream().write(new byte[] {5, (byte) (agreed ? method : 0xFF)});
        if (!agreed) {
            return null;
        }
        if (credentials != null) {
            in.readUnsignedByte();
            String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            String pass = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            boolean right = credentials.equals(user + ":" + pass);
            client.getOutputStream().write(new byte[] {1, (byte) (right ? 0 : 1)});
            if (!right) {
                return null;
            }
        }
        int type = in.readNBytes(4)[3];
        types.add(type);
        byte[] address = in.readNBytes(type == 1 ? 4 : type == 4 ? 16 : in.readUnsignedByte());
        String host =
                type == 3
                        ? new String(address, StandardCharsets.US_ASCII)
                        : InetAddress.getByAddress(address).getHostAddress();
        return host + ":" + in.readUnsignedShort();
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "forward-proxy");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }
}

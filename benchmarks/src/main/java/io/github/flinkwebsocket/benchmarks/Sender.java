package io.github.flinkwebsocket.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server, in a JVM of its own. The path of a connection says what it sends: {@code
 * /flood?size=S} the same buffer of messages over and over, {@code /paced?size=S&rate=R} one
 * message a packet at even distances, {@code /idle} one message and then only answers to pings.
 */
final class Sender {

    private static final Pattern REQUEST =
            Pattern.compile("GET (\\S+) .*?Sec-WebSocket-Key: *(\\S+)", Pattern.DOTALL);

    /** Shorter waits spin, since sleeping takes longer than asked for. */
    private static final long SPIN_NANOS = 200_000;

    /** What was missed is sent at once, but not more than this. */
    private static final long CATCH_UP_NANOS = 1_000_000;

    public static void main(String[] args) throws IOException {
        Child.endWithParent();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
            System.out.println(server.socket().getLocalPort());
            while (true) {
                SocketChannel channel = server.accept();
                Thread thread = new Thread(() -> serve(channel), "sender");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(SocketChannel channel) {
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            URI uri = upgrade(channel);
            if (uri.getPath().equals("/flood")) {
                flood(
                        channel,
                        Messages.frames(parameter(uri, "size"), parameter(uri, "envelope") == 1));
            } else if (uri.getPath().equals("/paced")) {
                int size = parameter(uri, "size");
                pace(
                        channel,
                        Messages.frames(size, false),
                        Messages.frameSize(size),
                        parameter(uri, "rate"));
            } else {
                answerPings(channel);
            }
        } catch (IOException e) {
            // The receiver has what it needs and is gone.
        }
    }

    private static URI upgrade(SocketChannel channel) throws IOException {
        Matcher request = REQUEST.matcher(PlainSocket.readHead(Channels.newInputStream(channel)));
        if (!request.find()) {
            throw new IOException("not an upgrade request");
        }
        String response =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept(request.group(2))
                        + "\r\n\r\n";
        write(channel, response.getBytes(StandardCharsets.US_ASCII));
        return URI.create(request.group(1));
    }

    private static String accept(String key) {
        try {
            byte[] bytes =
                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int parameter(URI uri, String name) {
        return Arrays.stream(uri.getQuery().split("&"))
                .filter(p -> p.startsWith(name + "="))
                .mapToInt(p -> Integer.parseInt(p.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** From a file, since the kernel then sends without copying, which leaves the sender idle. */
    private static void flood(SocketChannel channel, ByteBuffer frames) throws IOException {
        Path path = Files.createTempFile("frames", null);
        try (FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            file.write(frames);
            while (true) {
                for (long at = 0; at < file.size(); ) {
                    at += file.transferTo(at, file.size() - at, channel);
                }
            }
        }
    }

    private static void pace(SocketChannel channel, ByteBuffer frames, int frameSize, int rate)
            throws IOException {
        long interval = TimeUnit.SECONDS.toNanos(1) / rate;
        int end = frames.limit();
        long next = System.nanoTime();
        for (int at = 0; ; at = at + frameSize == end ? 0 : at + frameSize) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                if (left > SPIN_NANOS) {
                    LockSupport.parkNanos(left - SPIN_NANOS);
                } else {
                    Thread.onSpinWait();
                }
            }
            frames.limit(at + frameSize).position(at);
            channel.write(frames);
            next = Math.max(next + interval, System.nanoTime() - CATCH_UP_NANOS);
        }
    }

    /** Client frames with less than 126 bytes are all that comes. */
    private static void answerPings(SocketChannel channel) throws IOException {
        write(channel, new byte[] {(byte) 0x81, 2, '{', '}'});
        InputStream in = Channels.newInputStream(channel);
        for (int first = in.read(); first >= 0; first = in.read()) {
            int length = in.read() & 0x7F;
            byte[] mask = in.readNBytes(4);
            byte[] frame = new byte[2 + length];
            in.readNBytes(frame, 2, length);
            for (int i = 0; i < length; i++) {
                frame[2 + i] ^= mask[i % 4];
            }
            if (first == 0x89) {
                frame[0] = (byte) 0x8A;
                frame[1] = (byte) length;
                write(channel, frame);
            }
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        OutputStream out = Channels.newOutputStream(channel);
        out.write(bytes);
    }

    private Sender() {}
}

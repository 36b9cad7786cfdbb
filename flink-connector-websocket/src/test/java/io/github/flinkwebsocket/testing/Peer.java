package io.github.flinkwebsocket.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * The server's side of one connection, for a script to play. Every call blocks until it is done.
 */
public final class Peer {

    private final Socket socket;
    private final int number;
    private final DataInputStream in;
    private final OutputStream out;
    private String request;

    Peer(Socket socket, int number) throws IOException {
        this.socket = socket;
        this.number = number;
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
        this.request = readHead();
    }

    /** The number of this connection to the server, from 1. */
    public int number() {
        return number;
    }

    /** The client's request line and headers. */
    public String request() {
        return request;
    }

    /** Reads another request, as a proxy does that plays the server behind it, too. */
    public void readRequest() throws IOException {
        request = readHead();
    }

    /** Path and query of the request. */
    public String path() {
        return request.split(" ", 3)[1];
    }

    /** A header of the request, or null. */
    public String header(String name) {
        for (String line : request.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).trim();
            }
        }
        return null;
    }

    /** Answers the upgrade with 101. */
    public Peer accept(String... extraHeaders) throws IOException {
        return send(upgradeResponse(extraHeaders));
    }

    /** The bytes of the answer that accepts the upgrade, for scripts that cut them up. */
    public byte[] upgradeResponse(String... extraHeaders) {
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        head.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
        head.append("Sec-WebSocket-Accept: ").append(acceptKey()).append("\r\n");
        for (String header : extraHeaders) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private String acceptKey() {
        try {
            String input = header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Peer send(Frame... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            bytes.write(frame.encode());
        }
        return send(bytes.toByteArray());
    }

    /** Sends bytes as they are, in one write. */
    public Peer send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    public Peer sendText(String text) throws IOException {
        return send(Frame.text(text));
    }

    /** The next frame of the client; waits for it. */
    public Frame read() throws IOException {
        return Frame.read(in);
    }

    /** The next frame of the client that has this opcode; others are skipped. */
    public Frame read(int opcode) throws IOException {
        Frame frame = read();
        while (frame.opcode() != opcode) {
            frame = read();
        }
        return frame;
    }

    /** Reads until the client ends the connection; answers its close frame. */
    public void awaitEnd() {
        try {
            send(Frame.of(true, Frame.CLOSE, read(Frame.CLOSE).payload));
        } catch (IOException e) {
            // That is an end, too.
        }
    }

    /** Reads until the client closes the socket; answers nothing. */
    public void awaitEof() {
        try {
            while (in.read() >= 0) {
                // Whatever it still says.
            }
        } catch (IOException e) {
            // That is an end, too.
        }
    }

    /** Closes in order: sends a close frame, waits for the client's, closes the socket. */
    public void close(int code, String reason) throws IOException {
        send(Frame.close(code, reason));
        read(Frame.CLOSE);
        socket.close();
    }

    /** Closes the socket without a close frame. */
    public void drop() throws IOException {
        socket.close();
    }

    /** Breaks the connection off with a TCP reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public Socket socket() {
        return socket;
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String end = "\r\n\r\n";
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("The client left before it had sent its request.");
            }
            head.write(b);
            matched = b == end.charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.UTF_8);
    }
}

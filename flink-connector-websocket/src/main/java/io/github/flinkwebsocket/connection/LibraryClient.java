package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.ConnectionSettings;

import org.apache.flink.annotation.Internal;

import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.ControlFrame;
import org.java_websocket.handshake.ServerHandshake;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Java-WebSocket's client, tamed: what it sends is bounded, what goes wrong reaches the {@link
 * WebSocketConnection}, and its end is noticed whatever the reason. Methods run on any thread and
 * do not block, unless they say otherwise.
 */
@Internal
final class LibraryClient extends WebSocketClient {

    /** Pings and pongs are left out when so many frames wait to be written: the peer won't read. */
    private static final int MAX_QUEUED = 64;

    private static final int MAX_REASON_BYTES = 123;
    private static final long CLOSE_MILLIS = 500;

    private final WebSocketConnection connection;
    private final WebSocketImpl engine;
    private final UpgradeRequest request;
    private final ConnectionSettings settings;
    private final List<String> toSend;
    private final SocketConnector connector;
    private final String threadName;

    /** The I/O thread while it asks for credentials, else null. */
    @Nullable private volatile Thread asking;

    LibraryClient(
            WebSocketConnection connection,
            UpgradeRequest request,
            ConnectionSettings settings,
            List<String> toSend,
            DirectDraft draft,
            SocketConnector connector,
            String threadName) {
        super(request.uri(), draft);
        this.request = request;
        this.settings = settings;
        this.toSend = toSend;
        this.connection = connection;
        this.engine = (WebSocketImpl) getConnection();
        LibraryLog.silence(this);
        LibraryLog.silence(engine);
        LibraryLog.silence(draft);
        this.connector = connector;
        this.threadName = threadName;
        setDaemon(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
        setSocketFactory(connector);
    }

    /** The I/O thread. The library leaves without a word on errors; this does not. */
    @Override
    public void run() {
        Thread.currentThread().setName(threadName);
        try {
            Map<String, String> headers = askForHeaders();
            SentSecrets secrets = SentSecrets.of(request.uri(), headers, settings, toSend);
            connection.sends(secrets);
            connector.sends(secrets);
            headers.forEach(this::addHeader);
            addHeader("Host", connector.hostHeader());
            super.run();
        } catch (Throwable t) {
            connection.failed(t);
        } finally {
            try {
                leave();
            } catch (Throwable t) {
                connection.failed(t);
            } finally {
                connector.close();
                connection.ended();
            }
        }
    }

    private void leave() {
        // A no-op unless the thread died: otherwise the write thread would live on.
        engine.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
        try {
            // The write thread closes the socket when it has flushed, unless it is stuck.
            connector.socket().awaitClosed(getSocket() == null ? 0 : CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> askForHeaders() throws IOException {
        asking = Thread.currentThread();
        try {
            connector.checkOpen();
            return request.headers(settings);
        } finally {
            asking = null;
        }
    }

    /** Closes the socket, and breaks off what the I/O thread waits for before it has one. */
    void breakOff() {
        connector.close();
        Thread thread = asking;
        if (thread != null) {
            thread.interrupt();
        }
    }

    void sendText(String text) {
        try {
            engine.send(text);
        } catch (WebsocketNotConnectedException e) {
            // It has just ended; the listener is told so.
        }
    }

    void sendBinary(byte[] payload) {
        try {
            engine.send(payload);
        } catch (WebsocketNotConnectedException e) {
            // It has just ended; the listener is told so.
        }
    }

    void sendPong(byte[] payload) {
        if (engine.outQueue.size() < MAX_QUEUED) {
            sendControl(Opcode.PONG, payload);
        }
    }

    void sendPingFrame() {
        if (engine.outQueue.size() < MAX_QUEUED) {
            sendControl(Opcode.PING, new byte[0]);
        }
    }

    void sendClose(int code, String reason) {
        sendControl(Opcode.CLOSING, closePayload(code, reason));
    }

    /**
     * Ends the connection from the I/O thread, after the close frame, if one is still owed, and
     * what was queued before it have been written. Waits for that, but not long.
     */
    void finish(int code, String reason, boolean sendClose) {
        if (sendClose) {
            sendControl(Opcode.CLOSING, closePayload(code, reason));
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        while (!engine.outQueue.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        engine.closeConnection(code, reason);
    }

    private void sendControl(Opcode opcode, byte[] payload) {
        try {
            engine.sendFrame(new RawControlFrame(opcode, payload));
        } catch (WebsocketNotConnectedException e) {
            // It has just ended; the listener is told so.
        }
    }

    /** A close frame without a code has no payload (RFC 6455, section 5.5.1). */
    private static byte[] closePayload(int code, String reason) {
        if (code == CloseFrame.NOCODE) {
            return new byte[0];
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, MAX_REASON_BYTES);
        while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        byte[] payload = new byte[length + 2];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, length);
        return payload;
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        connection.opened();
    }

    /** Never called: {@link DirectDraft} gives no frames to the library. */
    @Override
    public void onMessage(String message) {
        throw new IllegalStateException("unexpected message");
    }

    /** {@link WebSocketConnection#ended()} says more, and later. */
    @Override
    public void onClose(int code, String reason, boolean remote) {}

    /** Whatever the library would only report ends the connection, too. */
    @Override
    public void onError(Exception e) {
        connection.abort(e);
    }

    /** A control frame with any payload. */
    private static final class RawControlFrame extends ControlFrame {

        RawControlFrame(Opcode opcode, byte[] payload) {
            super(opcode);
            setPayload(ByteBuffer.wrap(Arrays.copyOf(payload, payload.length)));
        }
    }
}

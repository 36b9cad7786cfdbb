package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.ConnectionSettings;
import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidDataException;

import javax.annotation.Nullable;

import java.io.EOFException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt to connect, and the connection that comes of it: one socket, one client object of the
 * library, one I/O thread. When it has ended it is never used again.
 *
 * <p>It has no timer: whoever owns it ends it by {@link #abort} when something takes too long. All
 * public methods may be called from any thread and do not block.
 */
@Internal
public final class WebSocketConnection {

    private static final int MAX_EXPECTED = 4096;

    /** How long the body of a refusal may pause; a kept-open connection may never end it. */
    private static final int REFUSAL_SILENCE_MILLIS = 1000;

    private final ConnectionListener listener;
    private final SocketConnector connector;
    private final DirectDraft draft;
    private final LibraryClient client;
    private final AtomicReference<Termination> termination = new AtomicReference<>();
    private final AtomicBoolean closeSent = new AtomicBoolean();

    // I/O thread only.
    private ConnectionInfo info;
    private MessageBatch batch;
    private Arrival arrival;
    private int expected = 1;
    private long messageNumber;
    @Nullable private Termination closeFrame;

    private volatile SentSecrets sent = SentSecrets.NONE;
    private volatile long lastRead;

    /** The same, but not moved by what is handed over. */
    private volatile long lastByte;

    private volatile boolean delivering;
    private volatile boolean open;
    @Nullable private volatile Exception upgradeFailure;

    /**
     * @param info goes into the messages, and split and number into the thread's name
     * @param toSend the messages that will be sent; what a peer repeats of them is not shown
     */
    public WebSocketConnection(
            ConnectionInfo info,
            UpgradeRequest request,
            ConnectionSettings settings,
            List<String> toSend,
            ConnectionListener listener) {
        this.info = info;
        this.listener = listener;
        this.connector = new SocketConnector(request.uri(), settings);
        FrameParser parser = new FrameParser(new Frames(), settings.maxMessageSize());
        this.draft = new DirectDraft(new Reads(), parser, settings);
        this.client =
                new LibraryClient(
                        this,
                        request,
                        settings,
                        toSend,
                        draft,
                        connector,
                        "websocket-" + info.splitId() + "-" + info.number());
    }

    /** Starts the I/O thread, which connects. */
    public void start() {
        client.connect();
    }

    /** Whether the upgrade is done and the connection has not ended. */
    public boolean isOpen() {
        return open && termination.get() == null;
    }

    /**
     * The subprotocol that the server chose of those offered, as it may be shown: *** if it looks
     * like a token; null before, and for none.
     */
    @Nullable
    public String subprotocol() {
        String chosen = draft.subprotocol();
        return chosen == null ? null : sent.harmless(chosen);
    }

    /** Sends a text message, if the connection is open. */
    public void send(String text) {
        client.sendText(text);
    }

    /** Sends a binary message, if the connection is open; the array must not change any more. */
    public void send(byte[] payload) {
        client.sendBinary(payload);
    }

    /**
     * Sends a ping, if the connection is open, and not while messages are being handed over: then
     * no answer is read, and if the server has said all and left, what it sent would be lost.
     */
    public void ping() {
        if (!delivering) {
            client.sendPingFrame();
        }
    }

    /**
     * For how many nanoseconds nothing has been read from an open connection; 0 while messages are
     * being handed over, since then nothing is read because of us.
     */
    public long silence() {
        return delivering || !open ? 0 : System.nanoTime() - lastRead;
    }

    /**
     * For how many milliseconds nothing has been read, for whatever reason, up to now; -1 if the
     * connection has not opened. Goes on after its end.
     */
    public long sinceRead() {
        return open ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastByte) : -1;
    }

    /**
     * Closes in order (RFC 6455, section 7.1.2): sends a close frame, and goes on handing over what
     * arrives until the server answers with its own. Only the first call counts, and only while the
     * connection is open.
     */
    public void close(int code, String reason) {
        if (isOpen() && closeSent.compareAndSet(false, true)) {
            client.sendClose(code, reason);
        }
    }

    /** Ends at once, with this cause unless there was one before. */
    public void abort(Throwable cause) {
        // The server's refusal says more than that its body did not end in time.
        Exception refusal = upgradeFailure;
        terminate(Termination.broken(refusal == null ? cause : refusal));
        client.breakOff();
    }

    private void terminate(Termination how) {
        termination.compareAndSet(null, how);
    }

    // ---------------------------------------------------- called by LibraryClient, I/O thread

    void sends(SentSecrets secrets) {
        sent = secrets;
    }

    void opened() {
        lastRead = System.nanoTime();
        lastByte = lastRead;
        info = info.opened(draft.subprotocol(), draft.responseHeaders());
        open = true;
        listener.onOpen(this);
    }

    void failed(Throwable cause) {
        terminate(Termination.broken(cause));
    }

    /** The I/O thread is about to end, however that came about. */
    void ended() {
        Exception cause = upgradeFailure;
        if (cause == null) {
            cause = connector.failure();
        }
        if (cause == null) {
            cause =
                    new EOFException(
                            open
                                    ? "the server ended the connection without a close frame"
                                    : "the server ended the connection before it answered the upgrade");
        }
        terminate(Termination.broken(cause));
        draft.close();
        listener.onEnd(this, termination.get());
    }

    private void deliver() {
        MessageBatch full = batch;
        batch = null;
        expected = Math.min(MAX_EXPECTED, full.size());
        delivering = true;
        try {
            listener.onMessages(this, full);
        } catch (InterruptedException e) {
            failed(e);
            connector.close();
        } finally {
            lastRead = System.nanoTime();
            delivering = false;
        }
    }

    /** Collects the frames of a read. */
    private final class Frames implements FrameHandler {

        @Override
        public void onMessage(byte[] payload, boolean text) {
            if (batch == null) {
                batch = new MessageBatch(expected);
                arrival = new Arrival(info, System.currentTimeMillis());
            }
            batch.add(new WebSocketMessage(payload, text, arrival, ++messageNumber));
        }

        /** Answered here, before the messages of the same read can block. */
        @Override
        public void onPing(byte[] payload) {
            client.sendPong(payload);
        }

        @Override
        public void onClose(int code, String reason) {
            closeFrame = Termination.remoteClose(code, sent.harmless(reason));
        }
    }

    /** Does what follows from a read. */
    private final class Reads implements DirectDraft.Reader {

        @Override
        public void endOfRead(int framesWithoutData, @Nullable InvalidDataException violation) {
            if (framesWithoutData > 0) {
                listener.onFramesWithoutData(WebSocketConnection.this, framesWithoutData);
            }
            lastByte = System.nanoTime();
            if (batch == null) {
                lastRead = lastByte;
            } else {
                deliver();
            }
            if (violation != null) {
                terminate(Termination.violation(violation.getCloseCode(), violation));
                finish(violation.getCloseCode(), violation.getMessage());
            } else if (closeFrame != null) {
                terminate(closeFrame);
                finish(closeFrame.code(), "");
            }
        }

        private void finish(int code, String reason) {
            client.finish(code, reason, closeSent.compareAndSet(false, true));
        }

        @Override
        public void upgradeFailed(Exception cause) {
            upgradeFailure = cause;
        }

        @Override
        public void awaitsRestOfRefusal() {
            connector.limitSilence(REFUSAL_SILENCE_MILLIS);
        }

        @Override
        public String mask(String words) {
            return sent.harmless(words);
        }
    }
}

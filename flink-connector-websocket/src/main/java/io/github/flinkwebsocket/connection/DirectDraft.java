package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.ConnectionSettings;

import org.apache.flink.annotation.Internal;

import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.exceptions.IncompleteHandshakeException;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ClientHandshakeBuilder;
import org.java_websocket.handshake.HandshakeImpl1Server;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.handshake.ServerHandshake;

import javax.annotation.Nullable;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The library's protocol with our own reading in it: the bytes of every read go straight to {@link
 * FrameParser}, and the answer to the upgrade request is kept. Good for one connection. Runs on the
 * I/O thread.
 */
@Internal
final class DirectDraft extends Draft_6455 implements AutoCloseable {

    /** Takes the outcome of a read, and of the upgrade. */
    interface Reader {

        /**
         * All frames of a read have been parsed.
         *
         * @param framesWithoutData how many of them brought no data
         * @param violation what was wrong after the last valid frame, or null
         */
        void endOfRead(int framesWithoutData, @Nullable InvalidDataException violation);

        /** The upgrade failed, or will if the connection ends now. */
        void upgradeFailed(Exception cause);

        /** The upgrade was refused, but the body of the refusal has not ended. */
        void awaitsRestOfRefusal();

        /** The server's words without the secrets that it was sent. */
        String mask(String words);
    }

    private final Reader reader;
    private final FrameParser parser;
    private final ConnectionSettings settings;
    @Nullable private MessageInflater inflater;
    @Nullable private volatile String subprotocol;
    private final InterimResponses interim = new InterimResponses();
    @Nullable private UpgradeResponse response;
    private Map<String, String> responseHeaders = Map.of();

    DirectDraft(Reader reader, FrameParser parser, ConnectionSettings settings) {
        this.reader = reader;
        this.parser = parser;
        this.settings = settings;
    }

    /** The server's choice; null before the upgrade is done, and for none. */
    @Nullable
    String subprotocol() {
        return subprotocol;
    }

    /**
     * The headers of the server's answer, repeated ones joined; none before the upgrade is done.
     */
    Map<String, String> responseHeaders() {
        return responseHeaders;
    }

    /** The library works on a copy, which would be a plain draft if this were not overridden. */
    @Override
    public Draft copyInstance() {
        return this;
    }

    @Override
    public ClientHandshakeBuilder postProcessHandshakeRequestAsClient(
            ClientHandshakeBuilder request) {
        super.postProcessHandshakeRequestAsClient(request);
        if (settings.deflate()) {
            request.put(UpgradeCheck.EXTENSIONS, DeflateOffer.HEADER);
        }
        if (!settings.subprotocols().isEmpty()) {
            request.put(UpgradeCheck.SUBPROTOCOL, String.join(", ", settings.subprotocols()));
        }
        return request;
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer buffer) throws InvalidHandshakeException {
        int from = buffer.arrayOffset() + buffer.position();
        int to = buffer.arrayOffset() + buffer.limit();
        try {
            response = interim.skip(buffer.array(), from, to);
        } catch (InvalidHandshakeException e) {
            reader.upgradeFailed(e);
            throw e;
        }
        if (response == null) {
            throw incomplete(buffer);
        }
        if (response.status() != 101) {
            UpgradeRefusedException refusal = new UpgradeRefusedException(response, reader::mask);
            reader.upgradeFailed(refusal);
            if (!response.isComplete(to - from - interim.length())) {
                reader.awaitsRestOfRefusal();
                throw incomplete(buffer);
            }
            throw new InvalidHandshakeException(refusal);
        }
        buffer.position(buffer.position() + interim.length() + response.headLength());
        HandshakeImpl1Server handshake = new HandshakeImpl1Server();
        handshake.setHttpStatus((short) response.status());
        handshake.setHttpStatusMessage(response.reason());
        responseHeaders = new HashMap<>();
        response.headers().keySet().forEach(k -> responseHeaders.put(k, response.joined(k)));
        responseHeaders.forEach(handshake::put);
        return handshake;
    }

    /** Tells the library to come back with more bytes, in a buffer with room for them. */
    private static IncompleteHandshakeException incomplete(ByteBuffer buffer) {
        return new IncompleteHandshakeException(buffer.capacity() + 1024);
    }

    /** In place of the library's own check, which is laxer. */
    @Override
    public HandshakeState acceptHandshakeAsClient(ClientHandshake request, ServerHandshake ignored)
            throws InvalidHandshakeException {
        UpgradeCheck check = new UpgradeCheck(settings, reader::mask);
        try {
            check.checkAccepted(response, request.getFieldValue("Sec-WebSocket-Key"));
            subprotocol = check.subprotocol(response);
            inflater = check.inflater(response);
        } catch (InvalidHandshakeException e) {
            reader.upgradeFailed(e);
            throw e;
        }
        if (inflater != null) {
            parser.enableDeflate(inflater);
        }
        return HandshakeState.MATCHED;
    }

    @Override
    public List<Framedata> translateFrame(ByteBuffer buffer) {
        InvalidDataException violation = null;
        try {
            parser.parse(
                    buffer.array(),
                    buffer.arrayOffset() + buffer.position(),
                    buffer.arrayOffset() + buffer.limit());
        } catch (InvalidDataException e) {
            violation = e;
        }
        buffer.position(buffer.limit());
        reader.endOfRead(parser.takeFramesWithoutData(), violation);
        return List.of();
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.close();
        }
    }
}

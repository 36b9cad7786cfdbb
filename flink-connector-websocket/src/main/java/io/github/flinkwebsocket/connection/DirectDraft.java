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
         * @param violation what was wrong after the last valid frame, or null
         */
        void endOfRead(@Nullable InvalidDataException violation);

        /** The upgrade failed, or will if the connection ends now. */
        void upgradeFailed(Exception cause);

        /** The server's words without the secrets that it was sent. */
        String mask(String words);
    }

    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
    private static final String DEFLATE = "permessage-deflate";

    private final Reader reader;
    private final FrameParser parser;
    private final ConnectionSettings settings;
    @Nullable private MessageInflater inflater;
    @Nullable private volatile String subprotocol;
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
            request.put(EXTENSIONS, DEFLATE);
        }
        if (!settings.subprotocols().isEmpty()) {
            request.put(SUBPROTOCOL, String.join(", ", settings.subprotocols()));
        }
        return request;
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer buffer) throws InvalidHandshakeException {
        int from = buffer.arrayOffset() + buffer.position();
        int to = buffer.arrayOffset() + buffer.limit();
        UpgradeResponse response;
        try {
            response = UpgradeResponse.parse(buffer.array(), from, to);
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
            if (!response.isComplete(to - from)) {
                throw incomplete(buffer);
            }
            throw new InvalidHandshakeException(refusal);
        }
        buffer.position(buffer.position() + response.headLength());
        HandshakeImpl1Server handshake = new HandshakeImpl1Server();
        handshake.setHttpStatus((short) response.status());
        handshake.setHttpStatusMessage(response.reason());
        responseHeaders = new HashMap<>();
        response.headers().forEach((k, v) -> responseHeaders.put(k, String.join(", ", v)));
        responseHeaders.forEach(handshake::put);
        return handshake;
    }

    /** Tells the library to come back with more bytes, in a buffer with room for them. */
    private static IncompleteHandshakeException incomplete(ByteBuffer buffer) {
        return new IncompleteHandshakeException(buffer.capacity() + 1024);
    }

    @Override
    public HandshakeState acceptHandshakeAsClient(ClientHandshake request, ServerHandshake response)
            throws InvalidHandshakeException {
        try {
            if (super.acceptHandshakeAsClient(request, response) != HandshakeState.MATCHED) {
                throw new InvalidHandshakeException(
                        "the server's answer to the upgrade lacks a valid Upgrade, Connection or"
                                + " Sec-WebSocket-Accept header");
            }
            acceptSubprotocol(response.getFieldValue(SUBPROTOCOL).trim());
            acceptExtensions(response.getFieldValue(EXTENSIONS));
        } catch (InvalidHandshakeException e) {
            reader.upgradeFailed(e);
            throw e;
        }
        return HandshakeState.MATCHED;
    }

    private void acceptSubprotocol(String chosen) throws InvalidHandshakeException {
        if (!chosen.isEmpty() && !settings.subprotocols().contains(chosen)) {
            throw new InvalidHandshakeException(
                    "the server chose the subprotocol '"
                            + reader.mask(chosen)
                            + "', which was not offered");
        }
        if (chosen.isEmpty() && !settings.subprotocols().isEmpty()) {
            throw new InvalidHandshakeException(
                    // Some servers want a token as one of them, so they are not named.
                    "the server chose none of the subprotocols that were offered");
        }
        subprotocol = chosen.isEmpty() ? null : chosen;
    }

    private void acceptExtensions(String extensions) throws InvalidHandshakeException {
        if (extensions.isBlank()) {
            return;
        }
        boolean noContextTakeover = false;
        String[] parts = extensions.split(";");
        boolean accepted = settings.deflate() && parts[0].trim().equals(DEFLATE);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            noContextTakeover |= parameter.equals("server_no_context_takeover");
            accepted &=
                    parameter.matches(
                            "(server|client)_no_context_takeover"
                                    + "|server_max_window_bits=\"?([89]|1[0-5])\"?");
        }
        if (!accepted) {
            throw new InvalidHandshakeException(
                    "the server chose the extensions '"
                            + reader.mask(extensions)
                            + "', which were not offered");
        }
        inflater = new MessageInflater(settings.maxMessageSize(), noContextTakeover);
        parser.enableDeflate(inflater);
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
        reader.endOfRead(violation);
        return List.of();
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.close();
        }
    }
}

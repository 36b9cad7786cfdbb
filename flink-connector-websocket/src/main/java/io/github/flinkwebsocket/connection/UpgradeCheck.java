package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.ConnectionSettings;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidHandshakeException;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Checks an answer with status 101 against what was asked for (RFC 6455, section 4.1). Immutable;
 * any thread.
 */
@Internal
final class UpgradeCheck {

    static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ConnectionSettings settings;
    private final UnaryOperator<String> mask;

    /**
     * @param mask takes out of the server's words what must not be shown
     */
    UpgradeCheck(ConnectionSettings settings, UnaryOperator<String> mask) {
        this.settings = settings;
        this.mask = mask;
    }

    /** Checks that the server accepts a WebSocket, and this request. */
    void checkAccepted(UpgradeResponse response, String key) throws InvalidHandshakeException {
        List<String> upgrade = response.tokens("Upgrade");
        if (upgrade.isEmpty()
                || !upgrade.stream().allMatch("websocket"::equals)
                || !response.tokens("Connection").contains("upgrade")
                || !response.joined("Sec-WebSocket-Accept").equals(accept(key))) {
            throw new InvalidHandshakeException(
                    "the server's answer to the upgrade lacks a valid Upgrade, Connection or"
                            + " Sec-WebSocket-Accept header");
        }
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JVM has it.
        }
    }

    /** The subprotocol that the server chose, or null for none. */
    @Nullable
    String subprotocol(UpgradeResponse response) throws InvalidHandshakeException {
        String chosen = response.joined(SUBPROTOCOL);
        if (!chosen.isEmpty() && !settings.subprotocols().contains(chosen)) {
            throw new InvalidHandshakeException(
                    "the server chose the subprotocol '"
                            + mask.apply(chosen)
                            + "', which was not offered");
        }
        if (chosen.isEmpty() && !settings.subprotocols().isEmpty()) {
            throw new InvalidHandshakeException(
                    // Some servers want a token as one of them, so they are not named.
                    "the server chose none of the subprotocols that were offered");
        }
        return chosen.isEmpty() ? null : chosen;
    }

    /** What decompresses the messages, or null if the server chose not to compress. */
    @Nullable
    MessageInflater inflater(UpgradeResponse response) throws InvalidHandshakeException {
        String header = response.joined(EXTENSIONS);
        String why = "which were not offered";
        try {
            List<Extension> chosen = Extension.parse(header);
            if (chosen.isEmpty()) {
                return null;
            }
            if (settings.deflate() && DeflateOffer.isAcceptedBy(chosen)) {
                return new MessageInflater(
                        settings.maxMessageSize(),
                        chosen.get(0)
                                .parameters()
                                .containsKey(DeflateOffer.SERVER_NO_CONTEXT_TAKEOVER));
            }
        } catch (InvalidHandshakeException e) {
            why = e.getMessage();
        }
        throw new InvalidHandshakeException(
                mask.apply("the server chose the extensions '" + header + "', " + why));
    }
}

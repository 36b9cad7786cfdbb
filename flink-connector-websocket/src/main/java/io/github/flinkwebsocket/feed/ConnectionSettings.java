package io.github.flinkwebsocket.feed;

import io.github.flinkwebsocket.credentials.CredentialProvider;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** What a single connection has to know; times in milliseconds. Immutable; any thread. */
@Internal
public final class ConnectionSettings implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 1024;

    private final long connectTimeout;
    private final long closeTimeout;
    private final long pingInterval;
    private final long readTimeout;
    private final int maxMessageSize;
    private final boolean deflate;
    private final long dataTimeout;
    private final Map<String, String> headers;
    private final List<String> subprotocols;
    private final TlsSettings tls;
    @Nullable private final ProxySettings proxy;
    @Nullable private final CredentialProvider credentials;
    private final int sendRate;

    ConnectionSettings(ReadableConfig config, @Nullable CredentialProvider ownCredentials) {
        connectTimeout = CheckedOption.millis(config, WebSocketOptions.CONNECT_TIMEOUT, 1);
        closeTimeout = CheckedOption.millis(config, WebSocketOptions.CLOSE_TIMEOUT, 1);
        pingInterval = CheckedOption.millis(config, WebSocketOptions.PING_INTERVAL, 0);
        readTimeout = CheckedOption.millis(config, WebSocketOptions.READ_TIMEOUT, 0);
        deflate = config.get(WebSocketOptions.PERMESSAGE_DEFLATE);
        dataTimeout = CheckedOption.millisOr(0, config, WebSocketOptions.DATA_TIMEOUT);
        headers = HttpHeaders.read(config);
        subprotocols = List.copyOf(config.get(WebSocketOptions.SUBPROTOCOLS));
        tls = new TlsSettings(config);
        proxy = ProxySettings.read(config);
        credentials = chooseCredentials(CredentialOptions.read(config), ownCredentials);
        sendRate = CheckedOption.count(config, WebSocketOptions.SEND_RATE_MAX);
        checkRest();
        MemorySize size = config.get(WebSocketOptions.MAX_MESSAGE_SIZE);
        if (size.getBytes() < 1 || size.getBytes() > MAX_ARRAY) {
            throw InvalidOption.value(
                    WebSocketOptions.MAX_MESSAGE_SIZE,
                    size,
                    "it must be between 1 and " + MAX_ARRAY + " bytes");
        }
        maxMessageSize = (int) size.getBytes();
        if (readTimeout > 0 && pingInterval >= readTimeout) {
            throw InvalidOption.value(
                    WebSocketOptions.PING_INTERVAL,
                    pingInterval + " ms",
                    "it must be shorter than 'read-timeout', which is " + readTimeout + " ms");
        }
    }

    private void checkRest() {
        for (String subprotocol : subprotocols) {
            if (!HttpHeaders.isToken(subprotocol)) {
                throw InvalidOption.value(
                        WebSocketOptions.SUBPROTOCOLS,
                        // It may be a token, wrongly written.
                        "***",
                        "a subprotocol must be a token without blanks, commas or slashes");
            }
        }
        if (credentials != null && headers.containsKey("Authorization")) {
            throw InvalidOption.value(
                    WebSocketOptions.HTTP_HEADERS,
                    "Authorization",
                    "there are other credentials, too; use one of them");
        }
    }

    @Nullable
    private static CredentialProvider chooseCredentials(
            @Nullable CredentialProvider fromOptions, @Nullable CredentialProvider own) {
        if (fromOptions != null && own != null) {
            throw new IllegalArgumentException(
                    "There are both 'auth.*' options and a credential provider; use one of them.");
        }
        return own == null ? fromOptions : own;
    }

    public long connectTimeout() {
        return connectTimeout;
    }

    public long closeTimeout() {
        return closeTimeout;
    }

    /** 0 for no pings. */
    public long pingInterval() {
        return pingInterval;
    }

    /** 0 for never. */
    public long readTimeout() {
        return readTimeout;
    }

    /** In bytes. */
    public int maxMessageSize() {
        return maxMessageSize;
    }

    /** Whether permessage-deflate (RFC 7692) is offered. */
    public boolean deflate() {
        return deflate;
    }

    /** 0 for never. */
    public long dataTimeout() {
        return dataTimeout;
    }

    /** Headers of the upgrade request, secrets among them; names compare in any case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What to offer, the best first. */
    public List<String> subprotocols() {
        return subprotocols;
    }

    public TlsSettings tls() {
        return tls;
    }

    /** Null for none. */
    @Nullable
    public ProxySettings proxy() {
        return proxy;
    }

    /** Null for none. */
    @Nullable
    public CredentialProvider credentials() {
        return credentials;
    }

    /** How many messages may be sent in a second; {@link Integer#MAX_VALUE} for any number. */
    public int sendRate() {
        return sendRate;
    }
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The proxy to go through. Immutable; any thread. */
@Internal
public final class ProxySettings implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Not by the rules of URIs, which allow no names with an underscore. */
    private static final Pattern ADDRESS =
            Pattern.compile("(http|socks5)://(\\[[0-9A-Fa-f:.]+]|[^/@:\\s\\[\\]]+):([0-9]{1,5})/?");

    private final boolean socks;
    private final String host;
    private final int port;
    @Nullable private final String username;
    @Nullable private final String password;

    private ProxySettings(Matcher address, @Nullable String username, @Nullable String password) {
        this.socks = address.group(1).equals("socks5");
        this.host = address.group(2);
        this.port = Integer.parseInt(address.group(3));
        this.username = username;
        this.password = password;
    }

    /** The proxy of these options, or null if they name none. */
    @Nullable
    static ProxySettings read(ReadableConfig config) {
        String username = config.getOptional(WebSocketOptions.PROXY_USERNAME).orElse(null);
        String password = config.getOptional(WebSocketOptions.PROXY_PASSWORD).orElse(null);
        String url = config.getOptional(WebSocketOptions.PROXY_URL).orElse(null);
        if (url == null) {
            if (username != null) {
                throw InvalidOption.value(
                        WebSocketOptions.PROXY_USERNAME, username, "'proxy.url' is missing");
            }
            return null;
        }
        Matcher address = ADDRESS.matcher(url);
        if (!address.matches()) {
            throw InvalidOption.value(
                    WebSocketOptions.PROXY_URL,
                    Redaction.url(url),
                    "it must be like http://host:port or socks5://host:port; user name and password"
                            + " have options of their own");
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(
                    "The options 'proxy.username' and 'proxy.password' must be set together.");
        }
        return new ProxySettings(address, username, password);
    }

    /** SOCKS5 (RFC 1928) rather than HTTP CONNECT. */
    public boolean isSocks() {
        return socks;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    @Nullable
    public String username() {
        return username;
    }

    @Nullable
    public String password() {
        return password;
    }

    /** Address only. */
    @Override
    public String toString() {
        return (socks ? "SOCKS5" : "HTTP") + " proxy " + host + ":" + port;
    }
}

package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.credentials.BasicCredentials;
import io.github.flinkwebsocket.feed.ConnectionSettings;
import io.github.flinkwebsocket.feed.HttpHeaders;
import io.github.flinkwebsocket.feed.Redaction;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/**
 * Where one attempt connects, and with which credentials. Immutable; any thread. Shows no secret in
 * {@link #toString()}.
 */
@Internal
public final class UpgradeRequest {

    private final URI uri;
    private final String shownUrl;
    private final boolean trusted;
    private final boolean freshCredentials;

    private UpgradeRequest(URI uri, String shownUrl, boolean trusted, boolean freshCredentials) {
        // The library, and whoever compares schemes, knows them in lower case only.
        String scheme = uri.getScheme();
        this.uri =
                URI.create(
                        scheme.toLowerCase(Locale.ROOT)
                                + uri.toString().substring(scheme.length()));
        this.shownUrl = shownUrl;
        this.trusted = trusted;
        this.freshCredentials = freshCredentials;
    }

    /** To a URL of the feed. */
    public static UpgradeRequest to(URI uri) {
        return new UpgradeRequest(uri, Redaction.url(uri.toString()), true, false);
    }

    /** The same with credentials that are not kept ones, since those were refused. */
    public UpgradeRequest withFreshCredentials() {
        return new UpgradeRequest(uri, shownUrl, trusted, true);
    }

    /**
     * To where a redirect of this request leads. The same server gets the same user info, unless
     * the redirect has one; another gets no credentials.
     *
     * @param mask takes out of the server's words what must not be shown
     */
    public UpgradeRequest redirectedTo(URI target, UnaryOperator<String> mask) {
        boolean sameServer =
                target.getHost().equalsIgnoreCase(uri.getHost())
                        && port(target) == port(uri)
                        && target.getScheme().equalsIgnoreCase(uri.getScheme());
        boolean keepsTrust = trusted && sameServer;
        URI to = target;
        if (keepsTrust && target.getRawUserInfo() == null && uri.getRawUserInfo() != null) {
            to = URI.create(target.toString().replaceFirst("//", "//" + quoted(uri)));
        }
        return new UpgradeRequest(
                to, mask.apply(Redaction.url(to.toString())), keepsTrust, freshCredentials);
    }

    /** Whether this is a server of the feed, so that it may have credentials. */
    public boolean isTrusted() {
        return trusted;
    }

    private static String quoted(URI uri) {
        return Matcher.quoteReplacement(uri.getRawUserInfo() + "@");
    }

    /** With the default of the scheme. */
    static int port(URI uri) {
        return uri.getPort() > 0
                ? uri.getPort()
                : "wss".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    public URI uri() {
        return uri;
    }

    /** The URL without what may be secret. */
    public String shownUrl() {
        return shownUrl;
    }

    /**
     * The headers that the user wants and the credentials. May block.
     *
     * @throws IOException if the credentials can't be had
     */
    Map<String, String> headers(ConnectionSettings settings) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "flink-connector-websocket");
        settings.headers()
                .forEach(
                        (name, value) -> {
                            if (trusted || HttpHeaders.isHarmless(name)) {
                                headers.put(name, value);
                            }
                        });
        if (trusted && uri.getUserInfo() != null) {
            headers.put("Authorization", BasicCredentials.authorization(uri.getUserInfo()));
        }
        if (trusted && settings.credentials() != null) {
            try {
                headers.putAll(settings.credentials().headers(freshCredentials));
            } catch (RuntimeException e) {
                throw new CredentialsBugException(e);
            }
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            check(header.getKey(), header.getValue());
        }
        return headers;
    }

    /** Files, variables, token endpoints and users' code give headers that nobody has checked. */
    private static void check(String name, String value) throws IOException {
        if (!HttpHeaders.isToken(name)) {
            throw new IOException("the credentials have a header without a valid name");
        }
        if (value == null || !HttpHeaders.isValue(value)) {
            throw new IOException(
                    "the header '" + name + "' of the credentials " + HttpHeaders.VALUE_RULE);
        }
    }

    /** The host alone. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost();
    }
}

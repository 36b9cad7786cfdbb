package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which connection a message came on, and what was agreed on it. Holds no secret. Immutable; any
 * thread.
 */
@Internal
public final class ConnectionInfo {

    final String feedId;
    final String splitId;
    final long number;
    final String url;
    final String host;
    @Nullable final String subprotocol;
    final Map<String, String> headers;

    private ConnectionInfo(
            String feedId,
            String splitId,
            long number,
            String url,
            String host,
            @Nullable String subprotocol,
            Map<String, String> headers) {
        this.feedId = feedId;
        this.splitId = splitId;
        this.number = number;
        this.url = url;
        this.host = host;
        this.subprotocol = subprotocol;
        this.headers = headers;
    }

    /**
     * A connection that is about to be opened.
     *
     * @param feedId the id of the feed
     * @param splitId the split it is for
     * @param number the number of the connection within the split, from 1
     * @param url where it leads, without secrets
     * @param host the host of that URL
     */
    public static ConnectionInfo of(
            String feedId, String splitId, long number, String url, String host) {
        return new ConnectionInfo(feedId, splitId, number, url, host, null, Map.of());
    }

    /**
     * The same after the upgrade.
     *
     * @param chosen what the server chose of the subprotocols offered, or null for none
     * @param answered the headers of the server's answer; those that set cookies are left out
     */
    public ConnectionInfo opened(@Nullable String chosen, Map<String, String> answered) {
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(answered);
        kept.remove("Set-Cookie");
        kept.remove("Set-Cookie2");
        return new ConnectionInfo(
                feedId, splitId, number, url, host, chosen, Collections.unmodifiableMap(kept));
    }

    public String splitId() {
        return splitId;
    }

    public long number() {
        return number;
    }
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Set;

/** What follows the end of a connection. Immutable; any thread. */
@Internal
public final class RetrySettings implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Set<Integer> fatalStatuses;
    private final Set<Integer> fatalCloseCodes;
    private final int maxRedirects;

    RetrySettings(ReadableConfig config) {
        fatalStatuses =
                CheckedOption.codes(config, WebSocketOptions.RETRY_FATAL_STATUSES, 300, 599);
        fatalCloseCodes =
                CheckedOption.codes(config, WebSocketOptions.RETRY_FATAL_CLOSE_CODES, 1000, 4999);
        maxRedirects = config.get(WebSocketOptions.MAX_REDIRECTS);
        if (maxRedirects < 0 || maxRedirects > 20) {
            throw InvalidOption.value(
                    WebSocketOptions.MAX_REDIRECTS, maxRedirects, "it must be between 0 and 20");
        }
    }

    public Set<Integer> fatalStatuses() {
        return fatalStatuses;
    }

    /** Of the server. */
    public Set<Integer> fatalCloseCodes() {
        return fatalCloseCodes;
    }

    /** 0 for none. */
    public int maxRedirects() {
        return maxRedirects;
    }
}

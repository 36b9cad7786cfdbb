package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a split connects. Immutable; any thread. Shows no secret in {@link #toString()}. */
@Internal
public final class Endpoint implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String redactedUrl;
    private final PositionTemplate url;
    @Nullable private final PositionTemplate initialUrl;

    Endpoint(String id, String url, @Nullable String initialUrl) {
        this.id = id;
        this.redactedUrl = Redaction.url(url);
        this.url = new PositionTemplate(url);
        this.initialUrl = initialUrl == null ? null : new PositionTemplate(initialUrl);
    }

    /** Names the endpoint and its split: short, stable as long as the URL is, without secrets. */
    public String id() {
        return id;
    }

    /** The URL to connect to from this position, or the first one if it is null. */
    public URI uri(@Nullable String position) {
        PositionTemplate template = position == null && initialUrl != null ? initialUrl : url;
        return URI.create(
                template.render(position, p -> URLEncoder.encode(p, StandardCharsets.UTF_8)));
    }

    /** Whether the URL depends on the position. */
    boolean hasPosition() {
        return url.hasPosition();
    }

    /** The URL without what may be secret. */
    @Override
    public String toString() {
        return redactedUrl;
    }
}

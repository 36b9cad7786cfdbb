package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Where a split connects. Immutable; any thread. Shows no secret in {@link #toString()}. */
@Internal
public final class Endpoint implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String redactedUrl;
    private final List<PositionTemplate> urls;
    @Nullable private final List<PositionTemplate> initialUrls;

    /**
     * @param urls one, or several to try in turn
     * @param initialUrls as many for the first connect, or null
     */
    Endpoint(String id, List<String> urls, @Nullable List<String> initialUrls) {
        this.id = id;
        this.redactedUrl = urls.stream().map(Redaction::url).collect(Collectors.joining("|"));
        this.urls = templates(urls);
        this.initialUrls = initialUrls == null ? null : templates(initialUrls);
    }

    private static List<PositionTemplate> templates(List<String> texts) {
        return texts.stream().map(PositionTemplate::new).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Names the endpoint and its split: as the option 'split-names' says, else short, stable as
     * long as the URL is, without secrets.
     */
    public String id() {
        return id;
    }

    /** How many URLs there are to try in turn; at least one. */
    public int alternatives() {
        return urls.size();
    }

    /**
     * One of the URLs.
     *
     * @param position where to continue, or null for the first connect
     */
    public URI uri(int alternative, @Nullable String position) {
        List<PositionTemplate> templates =
                position == null && initialUrls != null ? initialUrls : urls;
        return URI.create(
                UrlText.ascii(
                        templates
                                .get(alternative)
                                .render(
                                        position,
                                        p -> URLEncoder.encode(p, StandardCharsets.UTF_8))));
    }

    /** Whether a URL depends on the position. */
    boolean hasPosition() {
        return urls.stream().anyMatch(PositionTemplate::hasPosition);
    }

    /** The URLs without what may be secret. */
    @Override
    public String toString() {
        return redactedUrl;
    }
}

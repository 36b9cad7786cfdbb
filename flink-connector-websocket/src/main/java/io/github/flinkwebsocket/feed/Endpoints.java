package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads and checks the endpoints of a feed. Runs where the source is built. */
@Internal
final class Endpoints {

    static List<Endpoint> read(ReadableConfig config) {
        List<String> urls = config.getOptional(WebSocketOptions.URL).orElse(List.of());
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "The option 'url' is missing; it must name at least one ws:// or wss:// URL.");
        }
        List<String> initialUrls = config.getOptional(WebSocketOptions.INITIAL_URL).orElse(null);
        if (initialUrls != null && initialUrls.size() != urls.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "The option 'initial-url' names %s and 'url' names %d; there must be"
                                    + " one for each.",
                            Count.of(initialUrls.size(), "URL"), urls.size()));
        }
        List<String> names = SplitNames.read(config, urls);
        Map<String, Integer> numbers = new HashMap<>();
        Set<String> ids = new HashSet<>();
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            List<String> initial =
                    initialUrls == null
                            ? null
                            : alternatives(WebSocketOptions.INITIAL_URL, initialUrls.get(i), false);
            List<String> alternatives = alternatives(WebSocketOptions.URL, urls.get(i), true);
            if (initial != null && initial.size() != alternatives.size()) {
                throw InvalidOption.value(
                        WebSocketOptions.INITIAL_URL,
                        Redaction.url(initialUrls.get(i)),
                        "it must have as many alternatives as the URL it stands for");
            }
            URI first = check(WebSocketOptions.URL, alternatives.get(0), true);
            String id = names == null ? SplitNames.derived(first) : names.get(i);
            Integer other = numbers.putIfAbsent(id, i);
            if (other != null && usesPosition(config)) {
                throw SplitNames.shared(id, other, i, urls);
            }
            Endpoint endpoint = new Endpoint(unique(id, ids), alternatives, initial);
            if (initial == null && endpoint.hasPosition()) {
                throw InvalidOption.value(
                        WebSocketOptions.URL,
                        endpoint,
                        "with ${position} in it, 'initial-url' must say where to connect while there"
                                + " is no position yet");
            }
            endpoints.add(endpoint);
        }
        return List.copyOf(endpoints);
    }

    /** The URLs of one split, separated by a character that no URL may contain. */
    private static List<String> alternatives(
            ConfigOption<?> option, @Nullable String text, boolean position) {
        List<String> urls = List.of((text == null ? "" : text).split("\\|", -1));
        urls.forEach(url -> check(option, url, position));
        return urls;
    }

    private static URI check(ConfigOption<?> option, String url, boolean position) {
        if (url.isEmpty()) {
            throw InvalidOption.value(option, "", "a URL must not be empty");
        }
        if (url.chars().anyMatch(Character::isWhitespace)) {
            throw invalid(option, url, "a URL must not contain blanks");
        }
        if (!position && new PositionTemplate(url).hasPosition()) {
            throw invalid(option, url, "it must not contain ${position}");
        }
        if (!url.contains("://")) {
            // As if it had a scheme, or a password before the host would be shown.
            String rest = Redaction.url("//" + url.replaceFirst("^/+", "")).substring(2);
            throw InvalidOption.value(
                    option,
                    rest,
                    String.format(
                            "its scheme must be 'ws' or 'wss', as in ws://%s or wss://%s",
                            rest, rest));
        }
        URI uri;
        try {
            uri = new URI(UrlText.ascii(new PositionTemplate(url).render("0", p -> p)));
        } catch (URISyntaxException e) {
            // The exception's own message shows the URL, so it is not kept as the cause.
            throw invalid(option, url, "it is no URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw invalid(option, url, "its scheme must be 'ws' or 'wss'" + insteadOf(scheme));
        }
        if (uri.getHost() == null) {
            throw invalid(option, url, hostRule(uri));
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw invalid(option, url, "its port must be between 1 and 65535");
        }
        if (uri.getRawFragment() != null) {
            throw invalid(option, url, "it must not have a fragment ('#')");
        }
        return uri;
    }

    private static String insteadOf(String scheme) {
        switch (scheme) {
            case "http":
                return ": ws:// instead of http://";
            case "https":
                return ": wss:// instead of https://";
            default:
                return "";
        }
    }

    private static String hostRule(URI uri) {
        String authority = String.valueOf(uri.getRawAuthority());
        if (authority.chars().anyMatch(c -> c >= 0x80)) {
            return "a host with letters beyond ASCII must be written in Punycode (xn--...)";
        }
        return authority.contains("_")
                ? "a host with an underscore is not supported; give it another name, or use its"
                        + " address"
                : "it must name a host";
    }

    private static IllegalArgumentException invalid(
            ConfigOption<?> option, String url, String allowed) {
        return InvalidOption.value(option, Redaction.url(url), allowed);
    }

    private static boolean usesPosition(ReadableConfig config) {
        return Stream.concat(
                        config.get(WebSocketOptions.URL).stream(),
                        config.get(WebSocketOptions.OPEN_MESSAGES).stream())
                .anyMatch(text -> new PositionTemplate(text).hasPosition());
    }

    /** Without a position, the order tells equal ones apart. */
    private static String unique(String id, Set<String> taken) {
        String unique = id;
        for (int i = 2; !taken.add(unique); i++) {
            unique = id + "-" + i;
        }
        return unique;
    }

    private Endpoints() {}
}

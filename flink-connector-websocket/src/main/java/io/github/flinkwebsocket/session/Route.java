package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.connection.UpgradeResponse;
import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where the next attempt goes: the endpoint's URLs in turn, where a redirect led, or the same place
 * again with fresh credentials. Control thread.
 */
@Internal
final class Route {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> UNAUTHORIZED = Set.of(401, 403);

    private final Endpoint endpoint;
    private final int maxRedirects;
    private final boolean hasCredentials;
    private final boolean sendsSecrets;
    private final SplitLog log;

    private final HostPauses pauses;

    private int alternative;
    private int redirects;
    private boolean refreshed;
    @Nullable private UpgradeRequest detour;
    @Nullable private UpgradeRequest last;

    /**
     * @param clock milliseconds that only go forward
     */
    Route(Feed feed, Endpoint endpoint, SplitLog log, LongSupplier clock) {
        this.pauses = new HostPauses(clock);
        this.endpoint = endpoint;
        this.maxRedirects = feed.retry().maxRedirects();
        this.sendsSecrets = feed.sendsSecrets();
        this.log = log;
        this.hasCredentials = feed.connection().credentials() != null;
    }

    /** The next attempt. */
    UpgradeRequest next(@Nullable String position) {
        last = detour != null ? detour : UpgradeRequest.to(endpoint.uri(alternative, position));
        detour = null;
        return last;
    }

    /** The last attempt has opened a connection. */
    void opened() {
        redirects = 0;
        refreshed = false;
    }

    /**
     * After an attempt that brought nothing: whether there is another way to try at once, before
     * the wait that ends a round.
     *
     * @param position where the next attempt continues, or null
     */
    boolean hasAnotherWay(Termination termination, @Nullable String position) {
        UpgradeResponse refusal = termination.refusal();
        if (refusal != null && REDIRECTS.contains(refusal.status()) && redirects < maxRedirects) {
            URI target = target(last.uri(), refusal.header("Location"));
            if (target != null) {
                UpgradeRequest there = last.redirectedTo(target, termination::mask);
                if (there.isTrusted() || !sendsSecrets) {
                    redirects++;
                    detour = there;
                    return true;
                }
                log.isNotRedirected(termination.mask(target.getHost()));
            }
        }
        if (refusal != null
                && UNAUTHORIZED.contains(refusal.status())
                && hasCredentials
                && !refreshed) {
            refreshed = true;
            detour = last.withFreshCredentials();
            return true;
        }
        redirects = 0;
        while (alternative + 1 < endpoint.alternatives()) {
            alternative++;
            if (pauses.left(host(alternative, position)) == 0) {
                return true;
            }
        }
        return false;
    }

    /** The host of the last attempt wants to be left alone for so many milliseconds. */
    void leaveAlone(long millis) {
        pauses.begin(last.uri().getHost(), millis);
    }

    /** Whether the next attempt is part of the last one: redirected, or with fresh credentials. */
    boolean isDetour() {
        return detour != null;
    }

    /**
     * Chooses the URL of the next attempt: of those left in the round the first whose host does not
     * want to be left alone, or else the one that will be free first.
     *
     * @return how many milliseconds its host wants to be left alone
     */
    long pause(@Nullable String position) {
        if (detour != null) {
            return pauses.left(detour.uri().getHost());
        }
        long shortest = Long.MAX_VALUE;
        for (int i = alternative; i < endpoint.alternatives(); i++) {
            long left = pauses.left(host(i, position));
            if (left < shortest) {
                shortest = left;
                alternative = i;
            }
        }
        return shortest;
    }

    private String host(int of, @Nullable String position) {
        return endpoint.uri(of, position).getHost();
    }

    /** A round is over, or a connection that worked: the next one begins with the first URL. */
    void startOver() {
        alternative = 0;
        redirects = 0;
        refreshed = false;
        detour = null;
    }

    /** Where a Location header leads, or null if it must not be followed. */
    @Nullable
    static URI target(URI from, @Nullable String location) {
        if (location == null) {
            return null;
        }
        try {
            URI to = UriReference.resolve(from, location);
            String scheme =
                    to.getScheme()
                            .toLowerCase(Locale.ROOT)
                            .replace("https", "wss")
                            .replace("http", "ws");
            boolean downgrade = from.getScheme().equals("wss") && !scheme.equals("wss");
            if (to.getHost() == null || !scheme.matches("wss?") || downgrade) {
                return null;
            }
            return new URI(scheme + to.toString().substring(to.getScheme().length()));
        } catch (URISyntaxException e) {
            return null;
        }
    }
}

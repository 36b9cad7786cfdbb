package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.Configuration;

import java.util.List;
import java.util.function.Consumer;

/** Makes feeds for tests. */
public final class Feeds {

    /** A feed of this URL with all defaults. */
    public static Feed of(String url) {
        return of(url, options -> {});
    }

    /** A feed of this URL with further options. */
    public static Feed of(String url, Consumer<Configuration> options) {
        Configuration configuration = new Configuration();
        configuration.set(WebSocketOptions.URL, List.of(url));
        options.accept(configuration);
        return Feed.of(configuration);
    }

    private Feeds() {}
}

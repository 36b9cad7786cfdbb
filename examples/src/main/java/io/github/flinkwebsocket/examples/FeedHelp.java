package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.ConfigOption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What {@code --help} says: a text, and all options of a feed. */
final class FeedHelp {

    static String text() throws IOException {
        StringBuilder text = new StringBuilder(resource("/feed-help.txt"));
        for (ConfigOption<?> option : WebSocketOptions.all()) {
            boolean map = FeedOptions.MAPS.stream().anyMatch(option::equals);
            text.append("  --").append(option.key()).append(map ? ".NAME" : "").append('\n');
        }
        return text.toString();
    }

    static String resource(String name) throws IOException {
        try (InputStream in = FeedHelp.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private FeedHelp() {}
}

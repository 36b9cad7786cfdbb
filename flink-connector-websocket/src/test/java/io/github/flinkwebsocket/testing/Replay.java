package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sources that read a {@link ReplayServer}, and values for it. */
public final class Replay {

    /** A source with a position: it goes on where it was. */
    public static WebSocketSourceBuilder<String> resuming(ReplayServer server, String... paths) {
        return builder(server, paths)
                .addInitialOpenMessage(ReplayServer.FROM_START)
                .addOpenMessage(ReplayServer.FROM_POSITION)
                .setPositionExtractor(PositionExtractor.jsonPointer("/seq"));
    }

    /** A source without a position that gets what comes while it is connected. */
    public static WebSocketSourceBuilder<String> live(ReplayServer server, String... paths) {
        return builder(server, paths).addOpenMessage(ReplayServer.LIVE);
    }

    /** A source without a position that gets everything at each connect. */
    public static WebSocketSourceBuilder<String> fromStart(ReplayServer server, String... paths) {
        return builder(server, paths).addOpenMessage(ReplayServer.FROM_START);
    }

    private static WebSocketSourceBuilder<String> builder(ReplayServer server, String... paths) {
        return WebSocketSource.<String>builder()
                .setUrls(Arrays.stream(paths).map(server::url).toArray(String[]::new))
                .setDeserializer(ReplaySchema.values())
                .setOption(WebSocketOptions.RECONNECT_STABLE_AFTER, Duration.ofMillis(10))
                .setOption(WebSocketOptions.RECONNECT_INITIAL_BACKOFF, Duration.ofMillis(10));
    }

    /** The values from "prefix" + from to "prefix" + (to - 1). */
    public static List<String> values(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + i).collect(Collectors.toList());
    }

    private Replay() {}
}

package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.source.split.WebSocketSplit;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How a reader ends what it has started. */
class ReaderCloseTest {

    @Test
    void anInterruptLeavesNoConnectionBehind() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept();
                            open.countDown();
                            peer.awaitEnd();
                            ended.countDown();
                        })) {
            WebSocketSourceReader<String> reader = start(server.url("/"));
            assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();

            Thread.currentThread().interrupt();
            assertThatThrownBy(reader::close).isInstanceOf(InterruptedException.class);

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            Await.until("its threads have ended", () -> !hasThreads());
        }
    }

    private static WebSocketSourceReader<String> start(String url) {
        Configuration config = new Configuration();
        config.set(WebSocketOptions.URL, List.of(url));
        Feed feed = Feed.of(config);
        WebSocketSourceReader<String> reader =
                new WebSocketSourceReader<>(
                        feed,
                        WebSocketDeserializationSchema.text(),
                        null,
                        null,
                        Long.MAX_VALUE,
                        new TestingReaderContext());
        reader.addSplits(List.of(WebSocketSplit.fresh(feed.endpoints().get(0).id())));
        return reader;
    }

    private static boolean hasThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("websocket-"));
    }
}

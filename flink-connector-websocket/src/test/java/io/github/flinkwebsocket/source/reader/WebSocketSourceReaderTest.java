package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.source.split.NoSplitEvent;
import io.github.flinkwebsocket.source.split.WebSocketSplit;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.RecordingOutput;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The reader with real connections; the test's thread plays the task thread. */
@Timeout(60)
class WebSocketSourceReaderTest {

    private final Configuration config = new Configuration();
    private final RecordingOutput<String> output = new RecordingOutput<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private long recordLimit = Long.MAX_VALUE;
    private WebSocketSourceReader<String> reader;

    @AfterEach
    void close() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    @Test
    void emitsOneMessageAtEachPoll() throws Exception {
        openReader(sending(Frame.text("a"), Frame.text("b"), Frame.text("c")));
        reader.isAvailable().get(30, TimeUnit.SECONDS);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(output.records()).containsExactly("a");
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.records()).containsExactly("a", "b", "c");
        assertThat(reader.isAvailable()).isNotDone();
    }

    /** Flink asks while a batch is being emitted, too: when a record has filled its buffers. */
    @Test
    void isAvailableAsLongAsSomethingTakenHasNotBeenEmitted() throws Exception {
        openReader(sending(Frame.text("a"), Frame.text("b"), Frame.text("c")));
        reader.isAvailable().get(30, TimeUnit.SECONDS);
        reader.pollNext(output);
        assertThat(reader.isAvailable()).isDone();
        reader.pollNext(output);
        assertThat(reader.isAvailable()).isDone();
        reader.pollNext(output);
        assertThat(reader.isAvailable()).isNotDone();
    }

    @Test
    void checkpointHoldsExactlyWhatWasEmitted() throws Exception {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("${position}"));
        config.set(WebSocketOptions.INITIAL_OPEN_MESSAGES, List.of("start"));
        openReader(sending(Frame.text("a"), Frame.text("b"), Frame.text("c")));
        reader.isAvailable().get(30, TimeUnit.SECONDS);
        assertThat(reader.snapshotState(1).get(0).position()).isNull();

        reader.pollNext(output);
        WebSocketSplit afterOne = reader.snapshotState(2).get(0);
        assertThat(afterOne.position()).isEqualTo("a");
        assertThat(afterOne.emittedMessages()).isEqualTo(1);
        assertThat(afterOne.startTime()).isPositive();

        reader.pollNext(output);
        assertThat(reader.snapshotState(3).get(0).position()).isEqualTo("b");
    }

    @Test
    void restoredSplitContinuesFromItsPosition() throws Exception {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("after ${position}"));
        config.set(WebSocketOptions.INITIAL_OPEN_MESSAGES, List.of("start"));
        ScriptedServer server =
                server(
                        peer -> {
                            String asked = peer.accept().read().text();
                            peer.sendText("answer to '" + asked + "'").awaitEnd();
                        });
        makeReader(server);
        reader.addSplits(List.of(split("17", 5)));
        pollUntil(() -> !output.records().isEmpty());
        assertThat(output.records()).containsExactly("answer to 'after 17'");
        assertThat(reader.snapshotState(1).get(0).emittedMessages()).isEqualTo(6);
        assertThat(reader.snapshotState(1).get(0).startTime()).isEqualTo(1000);
    }

    @Test
    void eventTimeOfTheLastRecordIsKeptForThoseWithoutOne() throws Exception {
        config.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/t");
        makeReader(sending(Frame.text("{}"), Frame.text("{\"t\":9}"), Frame.text("{}")));
        reader.addSplits(List.of(split(null, 5).with().lastEventTime(7).build()));
        pollUntil(() -> output.records().size() == 3);
        assertThat(output.timestamps()).containsExactly(7L, 9L, 9L);
        assertThat(reader.snapshotState(1).get(0).lastEventTime()).isEqualTo(9);
    }

    @Test
    void reconnectContinuesAfterTheLastMessageEvenIfItWasStillWaiting() throws Exception {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("after ${position}"));
        config.set(WebSocketOptions.INITIAL_OPEN_MESSAGES, List.of("start"));
        config.set(WebSocketOptions.RECONNECT_INITIAL_BACKOFF, Duration.ofMillis(1));
        ScriptedServer server =
                server(
                        peer -> {
                            String asked = peer.accept().read().text();
                            if (peer.number() == 1) {
                                peer.send(Frame.text("1"), Frame.text("2"), Frame.text("3"));
                                peer.close(1001, "restart");
                            } else {
                                peer.sendText("answer to '" + asked + "'").awaitEnd();
                            }
                        });
        openReader(server);
        pollUntil(() -> output.records().size() == 4);
        assertThat(output.records()).containsExactly("1", "2", "3", "answer to 'after 3'");
    }

    @Test
    void readerWithoutSplitsEndsWhenNoneWillCome() throws Exception {
        makeReader(sending());
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        reader.notifyNoMoreSplits();
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void readerWithoutSplitsIsIdleOnceTheEnumeratorHasSaidSo() throws Exception {
        makeReader(sending());
        reader.pollNext(output);
        assertThat(output.idle()).as("a split may be on its way").isEmpty();

        reader.handleSourceEvents(new NoSplitEvent());
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.idle()).containsExactly("reader");
        assertThat(reader.isAvailable()).isNotDone();
        assertThat(reader.snapshotState(1)).isEmpty();
    }

    @Test
    void readerThatWasWithoutSplitsReadsTheOneItGetsLater() throws Exception {
        makeReader(sending(Frame.text("a")));
        reader.handleSourceEvents(new NoSplitEvent());
        reader.pollNext(output);
        reader.addSplits(List.of(WebSocketSplit.fresh(splitIds().get(0))));
        pollUntil(() -> output.records().contains("a"));
        assertThat(output.idle()).containsExactly("reader");
    }

    @Test
    void readerWhoseLastSplitIsGoneIsIdle() throws Exception {
        makeReader(sending());
        reader.addSplits(List.of(WebSocketSplit.fresh("gone.example-1")));
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.idle()).containsExactly("gone.example-1", "reader");
        assertThat(output.released()).containsExactly("gone.example-1");
    }

    @Test
    void readerWhoseLastSplitHasEndedIsIdleUntilNoMoreWillCome() throws Exception {
        config.set(WebSocketOptions.BOUNDED_MESSAGES, 1L);
        openReader(sending(Frame.text("a")));
        pollUntil(() -> output.idle().contains("reader"));
        assertThat(output.records()).containsExactly("a");
        assertThat(output.idle()).containsExactly(splitIds().get(0), "reader");
        assertThat(output.released()).containsExactlyElementsOf(splitIds());

        reader.notifyNoMoreSplits();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.idle())
                .as("an idle output would leave out the end of event time")
                .doesNotContain("reader");
    }

    @Test
    void readerWithASplitLeftIsNotIdle() throws Exception {
        config.set(WebSocketOptions.BOUNDED_MESSAGES, 1L);
        openReader(
                server(
                        peer -> {
                            peer.accept();
                            if (peer.path().equals("/")) {
                                peer.sendText("a");
                            }
                            peer.awaitEnd();
                        }),
                "/",
                "/silent");
        pollUntil(() -> !output.released().isEmpty());
        reader.pollNext(output);
        assertThat(output.idle()).containsExactly(splitIds().get(0));
    }

    @Test
    void splitOfAnEndpointThatIsGoneIsDroppedAndItsOutputReleased() throws Exception {
        makeReader(sending());
        reader.addSplits(List.of(WebSocketSplit.fresh("gone.example-1")));
        reader.notifyNoMoreSplits();
        assertThat(reader.snapshotState(1)).isEmpty();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.released()).containsExactly("gone.example-1");
    }

    @Test
    void endsAfterTheGivenNumberOfMessages() throws Exception {
        config.set(WebSocketOptions.BOUNDED_MESSAGES, 2L);
        openReader(sending(Frame.text("a"), Frame.text("b"), Frame.text("c")));
        reader.notifyNoMoreSplits();
        assertThat(pollUntilEnd()).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.records()).containsExactly("a", "b");
        assertThat(output.released()).containsExactlyElementsOf(splitIds());
        assertThat(reader.snapshotState(1)).isEmpty();
    }

    @Test
    void allSplitsEndAfterTheGivenNumberOfRecords() throws Exception {
        recordLimit = 2;
        openReader(
                server(
                        peer -> {
                            peer.accept();
                            if (peer.path().equals("/")) {
                                peer.send(Frame.text("a"), Frame.text("b"), Frame.text("c"));
                            }
                            peer.awaitEnd();
                        }),
                "/",
                "/silent");
        reader.notifyNoMoreSplits();
        assertThat(pollUntilEnd()).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.records()).containsExactly("a", "b");
        assertThat(output.released()).containsExactlyInAnyOrderElementsOf(splitIds());
        assertThat(reader.snapshotState(1)).isEmpty();
    }

    @Test
    void countOfMessagesGoesOnAfterARestore() throws Exception {
        config.set(WebSocketOptions.BOUNDED_MESSAGES, 7L);
        makeReader(sending(Frame.text("a"), Frame.text("b"), Frame.text("c")));
        reader.addSplits(List.of(split(null, 5)));
        reader.notifyNoMoreSplits();
        assertThat(pollUntilEnd()).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.records()).containsExactly("a", "b");
    }

    @Test
    void endsWithTheCloseCodeThatMeansTheEndAfterAllMessages() throws Exception {
        config.set(WebSocketOptions.BOUNDED_CLOSE_CODES, List.of(4000));
        openReader(
                server(
                        peer -> {
                            peer.accept().send(Frame.text("a"), Frame.text("b"));
                            peer.close(4000, "the end");
                        }));
        reader.notifyNoMoreSplits();
        assertThat(pollUntilEnd()).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.records()).containsExactly("a", "b");
    }

    @Test
    void failsWithTheLastCauseWhenNoAttemptIsLeft() throws Exception {
        config.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, 2);
        config.set(WebSocketOptions.RECONNECT_INITIAL_BACKOFF, Duration.ofMillis(1));
        openReader(
                server(
                        peer ->
                                peer.send(
                                        "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nwait"
                                                .getBytes(
                                                        java.nio.charset.StandardCharsets.UTF_8))));
        assertThatThrownBy(this::pollUntilEnd)
                .hasMessageContaining("Split '" + splitIds().get(0) + "': connection 2 to ws://")
                .hasMessageContaining("'reconnect.max-attempts'")
                .hasMessageContaining("refused the upgrade with status 503 Busy: wait");
    }

    @Test
    void pausedSplitStopsInTheMiddleOfABatchAndItsConnectionStays() throws Exception {
        openReader(sending(Frame.text("a"), Frame.text("b"), Frame.text("c")));
        reader.isAvailable().get(30, TimeUnit.SECONDS);
        reader.pollNext(output);

        reader.pauseOrResumeSplits(splitIds(), List.of());
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        assertThat(output.records()).containsExactly("a");

        reader.pauseOrResumeSplits(List.of(), splitIds());
        pollUntil(() -> output.records().size() == 3);
        assertThat(output.records()).containsExactly("a", "b", "c");
    }

    @Test
    void pausingAnUnknownSplitDoesNothing() throws Exception {
        makeReader(sending());
        reader.pauseOrResumeSplits(List.of("unknown"), List.of("unknown too"));
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    }

    // ------------------------------------------------------------------ tools

    private ScriptedServer server(ScriptedServer.Script script) {
        ScriptedServer server = ScriptedServer.start(script);
        toClose.add(server);
        return server;
    }

    private ScriptedServer sending(Frame... frames) {
        ScriptedServer server = ScriptedServer.sending(frames);
        toClose.add(server);
        return server;
    }

    private void makeReader(ScriptedServer server, String... paths) {
        List<String> urls =
                Stream.of(paths.length == 0 ? new String[] {"/"} : paths)
                        .map(server::url)
                        .collect(Collectors.toList());
        config.set(WebSocketOptions.URL, urls);
        Feed feed = Feed.of(config);
        reader =
                new WebSocketSourceReader<>(
                        feed,
                        WebSocketDeserializationSchema.text(),
                        feed.usesPosition() ? message -> message.getText() : null,
                        null,
                        recordLimit,
                        new TestingReaderContext());
        toClose.add(reader);
        reader.start();
    }

    private void openReader(ScriptedServer server, String... paths) {
        makeReader(server, paths);
        splitIds().forEach(id -> reader.addSplits(List.of(WebSocketSplit.fresh(id))));
    }

    private WebSocketSplit split(String position, long emittedMessages) {
        return WebSocketSplit.fresh(splitIds().get(0))
                .with()
                .position(position)
                .emittedMessages(emittedMessages)
                .startTime(1000)
                .build();
    }

    private List<String> splitIds() {
        return Feed.of(config).endpoints().stream().map(Endpoint::id).collect(Collectors.toList());
    }

    private void pollUntil(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE
                    && !condition.getAsBoolean()) {
                reader.isAvailable().get(30, TimeUnit.SECONDS);
            }
        }
    }

    private InputStatus pollUntilEnd() throws Exception {
        InputStatus status = reader.pollNext(output);
        while (status != InputStatus.END_OF_INPUT) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get(30, TimeUnit.SECONDS);
            }
            status = reader.pollNext(output);
        }
        return status;
    }
}

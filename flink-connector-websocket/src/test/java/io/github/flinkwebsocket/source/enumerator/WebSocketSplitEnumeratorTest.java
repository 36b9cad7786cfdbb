package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.source.split.NoSplitEvent;
import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketSplitEnumeratorTest {

    private TestingSplitEnumeratorContext<WebSocketSplit> context;

    @Test
    void spreadsSplitsEvenlyWhateverTheOrderOfRegistration() {
        Feed feed = feed(7);
        WebSocketSplitEnumerator enumerator = enumerator(3, feed, null);
        for (int subtask : List.of(2, 0, 1)) {
            register(enumerator, subtask);
        }
        assertThat(IntStream.range(0, 3).mapToObj(i -> assigned(i).size()))
                .containsExactly(3, 2, 2);
        assertThat(allAssigned(3)).containsExactlyInAnyOrderElementsOf(ids(feed));
    }

    /** A reader that ends forbids the checkpoints of operators with union list state. */
    @Test
    void saysThatNoMoreWillComeOnlyIfTheSourceIsBounded() {
        for (boolean bounded : List.of(true, false)) {
            context = new ReadersOfAttempt(3, 0);
            WebSocketSplitEnumerator enumerator =
                    new WebSocketSplitEnumerator(context, feed(2), bounded, null);
            for (int subtask = 0; subtask < 3; subtask++) {
                register(enumerator, subtask);
                assertThat(saidNoMore(subtask)).isEqualTo(bounded);
            }
            // Flink refuses such events for sources whose subtasks may run twice (speculation).
            assertThat(context.getSentEvents().isEmpty()).isEqualTo(bounded);
        }
    }

    @Test
    void tellsAReaderForWhichThereIsNoSplit() {
        WebSocketSplitEnumerator enumerator = enumerator(3, feed(2), null);
        for (int subtask = 0; subtask < 3; subtask++) {
            register(enumerator, subtask);
        }
        assertThat(context.getSentEvents()).containsOnlyKeys(2);
        assertThat(context.getSentEvents().get(2)).singleElement().isInstanceOf(NoSplitEvent.class);
    }

    @Test
    void marksASplitThatIsGivenAgain() {
        WebSocketSplitEnumerator enumerator = enumerator(1, feed(1), null);
        register(enumerator, 0);
        List<WebSocketSplit> given = new ArrayList<>(assigned(0));
        assertThat(given.get(0).restarted()).isFalse();
        context.getSplitAssignments().clear();

        enumerator.addSplitsBack(given, 0);

        assertThat(assigned(0)).singleElement().matches(WebSocketSplit::restarted);
    }

    /** Such as after a failure of the whole job before its first checkpoint. */
    @Test
    void marksWhatALaterAttemptOfASubtaskIsGiven() {
        context = new ReadersOfAttempt(1, 1);
        WebSocketSplitEnumerator enumerator =
                new WebSocketSplitEnumerator(context, feed(1), false, null);
        register(enumerator, 0);
        assertThat(assigned(0)).singleElement().matches(WebSocketSplit::restarted);
    }

    @Test
    void keepsWhatItsReaderLostUntilItRegistersAgain() {
        WebSocketSplitEnumerator enumerator = enumerator(2, feed(2), null);
        List<WebSocketSplit> lost = List.of(waiting("feed.example-1"));

        enumerator.addSplitsBack(lost, 0);
        assertThat(enumerator.snapshotState(1).unassigned()).containsAll(restarted(lost));
        register(enumerator, 0);

        assertThat(assigned(0)).containsAll(restarted(lost));
        assertThat(enumerator.snapshotState(2).assigned()).containsAll(restarted(lost));
    }

    @Test
    void givesBackAtOnceIfTheReaderIsThere() {
        WebSocketSplitEnumerator enumerator = enumerator(1, feed(1), null);
        register(enumerator, 0);
        List<WebSocketSplit> lost = new ArrayList<>(assigned(0));
        context.getSplitAssignments().clear();

        enumerator.addSplitsBack(lost, 0);

        assertThat(assigned(0)).isEqualTo(restarted(lost));
    }

    @Test
    void stateHoldsWhatIsAssignedAndWhatIsNot() {
        Feed feed = feed(2);
        WebSocketSplitEnumerator enumerator = enumerator(2, feed, null);
        register(enumerator, 1);

        WebSocketEnumeratorState state = enumerator.snapshotState(1);

        assertThat(state.assigned()).containsExactly(WebSocketSplit.fresh(ids(feed).get(1)));
        assertThat(state.unassigned()).containsExactly(WebSocketSplit.fresh(ids(feed).get(0)));
    }

    @Test
    void restoredEnumeratorAssignsOnlyWhatNobodyHas() {
        Feed feed = feed(3);
        List<String> ids = ids(feed);
        WebSocketSplit waiting = waiting(ids.get(1));
        WebSocketSplitEnumerator enumerator =
                enumerator(
                        1,
                        feed,
                        new WebSocketEnumeratorState(
                                List.of(WebSocketSplit.fresh(ids.get(0))), List.of(waiting)));

        register(enumerator, 0);

        // The first has an owner, the second keeps its state, the third is new.
        assertThat(assigned(0)).containsExactly(waiting, WebSocketSplit.fresh(ids.get(2)));
    }

    @Test
    void restoredEnumeratorForgetsEndpointsThatAreGone() {
        Feed feed = feed(1);
        WebSocketSplitEnumerator enumerator =
                enumerator(
                        1,
                        feed,
                        new WebSocketEnumeratorState(
                                List.of(WebSocketSplit.fresh("gone.example-1")),
                                List.of(WebSocketSplit.fresh("gone.example-2"))));
        register(enumerator, 0);

        assertThat(allAssigned(1)).isEqualTo(ids(feed));
        assertThat(enumerator.snapshotState(1).assigned())
                .extracting(WebSocketSplit::splitId)
                .isEqualTo(ids(feed));
    }

    @Test
    void isSpreadAnewWhenRestoredWithAnotherParallelism() {
        Feed feed = feed(4);
        WebSocketEnumeratorState state = enumerator(4, feed, null).snapshotState(1);
        WebSocketSplitEnumerator enumerator = enumerator(2, feed, state);
        register(enumerator, 0);
        register(enumerator, 1);

        assertThat(assigned(0)).hasSize(2);
        assertThat(assigned(1)).hasSize(2);
    }

    private WebSocketSplitEnumerator enumerator(
            int parallelism, Feed feed, WebSocketEnumeratorState restored) {
        context = new ReadersOfAttempt(parallelism, 0);
        WebSocketSplitEnumerator enumerator =
                new WebSocketSplitEnumerator(context, feed, false, restored);
        enumerator.start();
        return enumerator;
    }

    private void register(WebSocketSplitEnumerator enumerator, int subtask) {
        context.registerReader(subtask, "localhost");
        enumerator.addReader(subtask);
    }

    private boolean saidNoMore(int subtask) {
        return context.getSplitAssignments().containsKey(subtask)
                && context.getSplitAssignments().get(subtask).hasReceivedNoMoreSplitsSignal();
    }

    private static WebSocketSplit waiting(String id) {
        return WebSocketSplit.fresh(id).with().position("17").emittedMessages(4).build();
    }

    private static List<WebSocketSplit> restarted(List<WebSocketSplit> splits) {
        return splits.stream()
                .map(split -> split.with().restarted(true).build())
                .collect(Collectors.toList());
    }

    private List<WebSocketSplit> assigned(int subtask) {
        return context.getSplitAssignments().get(subtask).getAssignedSplits();
    }

    private List<String> allAssigned(int parallelism) {
        return IntStream.range(0, parallelism)
                .boxed()
                .flatMap(subtask -> assigned(subtask).stream())
                .map(WebSocketSplit::splitId)
                .collect(Collectors.toList());
    }

    private static Feed feed(int endpoints) {
        Configuration config = new Configuration();
        config.set(
                WebSocketOptions.URL,
                IntStream.range(0, endpoints)
                        .mapToObj(i -> "ws://feed.example/" + i)
                        .collect(Collectors.toList()));
        return Feed.of(config);
    }

    private static List<String> ids(Feed feed) {
        return feed.endpoints().stream().map(Endpoint::id).collect(Collectors.toList());
    }

    /** A context all of whose readers are of one attempt. */
    private static final class ReadersOfAttempt
            extends TestingSplitEnumeratorContext<WebSocketSplit> {

        private final int attempt;

        ReadersOfAttempt(int parallelism, int attempt) {
            super(parallelism);
            this.attempt = attempt;
        }

        @Override
        public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
            return registeredReaders().values().stream()
                    .collect(
                            Collectors.toMap(
                                    ReaderInfo::getSubtaskId, reader -> Map.of(attempt, reader)));
        }
    }
}

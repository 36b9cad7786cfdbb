package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
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

    @Test
    void tellsEveryReaderThatNoMoreWillCome() {
        WebSocketSplitEnumerator enumerator = enumerator(3, feed(2), null);
        for (int subtask = 0; subtask < 3; subtask++) {
            register(enumerator, subtask);
            assertThat(context.getSplitAssignments().get(subtask).hasReceivedNoMoreSplitsSignal())
                    .isTrue();
        }
        assertThat(assigned(2)).isEmpty();
    }

    @Test
    void keepsWhatItsReaderLostUntilItRegistersAgain() {
        WebSocketSplitEnumerator enumerator = enumerator(2, feed(2), null);
        List<WebSocketSplit> lost = List.of(new WebSocketSplit("feed.example-1", "17", 4, 1000));

        enumerator.addSplitsBack(lost, 0);
        assertThat(enumerator.snapshotState(1).unassigned()).containsAll(lost);
        register(enumerator, 0);

        assertThat(assigned(0)).containsAll(lost);
        assertThat(enumerator.snapshotState(2).assigned()).contains("feed.example-1");
    }

    @Test
    void givesBackAtOnceIfTheReaderIsThere() {
        WebSocketSplitEnumerator enumerator = enumerator(1, feed(1), null);
        register(enumerator, 0);
        List<WebSocketSplit> lost = new ArrayList<>(assigned(0));
        context.getSplitAssignments().clear();

        enumerator.addSplitsBack(lost, 0);

        assertThat(assigned(0)).isEqualTo(lost);
    }

    @Test
    void stateHoldsWhatIsAssignedAndWhatIsNot() {
        Feed feed = feed(2);
        WebSocketSplitEnumerator enumerator = enumerator(2, feed, null);
        register(enumerator, 1);

        WebSocketEnumeratorState state = enumerator.snapshotState(1);

        assertThat(state.assigned()).containsExactly(ids(feed).get(1));
        assertThat(state.unassigned()).containsExactly(WebSocketSplit.fresh(ids(feed).get(0)));
    }

    @Test
    void restoredEnumeratorAssignsOnlyWhatNobodyHas() {
        Feed feed = feed(3);
        List<String> ids = ids(feed);
        WebSocketSplit waiting = new WebSocketSplit(ids.get(1), "17", 4, 1000);
        WebSocketSplitEnumerator enumerator =
                enumerator(
                        1,
                        feed,
                        new WebSocketEnumeratorState(List.of(ids.get(0)), List.of(waiting)));

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
                                List.of("gone.example-1"),
                                List.of(WebSocketSplit.fresh("gone.example-2"))));
        register(enumerator, 0);

        assertThat(allAssigned(1)).isEqualTo(ids(feed));
        assertThat(enumerator.snapshotState(1).assigned())
                .isEqualTo(java.util.Set.copyOf(ids(feed)));
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
        context = new TestingSplitEnumeratorContext<>(parallelism);
        WebSocketSplitEnumerator enumerator = new WebSocketSplitEnumerator(context, feed, restored);
        enumerator.start();
        return enumerator;
    }

    private void register(WebSocketSplitEnumerator enumerator, int subtask) {
        context.registerReader(subtask, "localhost");
        enumerator.addReader(subtask);
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
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** By which name a split is found again in a checkpoint. */
class SplitNamesTest {

    private final Configuration config = new Configuration();

    /** A change of one of these would lose the positions of running jobs. */
    @ParameterizedTest
    @CsvSource({
        "wss://stream.example:9443/ws/btcusdt@trade, stream.example-c8ea33a7",
        "wss://stream.example:9443/stream?streams=btcusdt@trade/ethusdt@trade,"
                + " stream.example-fbbabd2f",
        "wss://ws.example/v2, ws.example-658af4bb",
        "wss://ws.example?token=abc, ws.example-bfef262e",
        "wss://feed.example/ws?symbol=1&token=abc, feed.example-3589d138",
        "wss://feed.example/ws?apikey=abc&symbol=1, feed.example-3589d138",
        "wss://feed.example/ws?x=1&accesstoken=abc, feed.example-84ec5531",
        "wss://feed.example/ws?listenKey=abc, feed.example-8d2ae0c8",
        "wss://feed.example/ws?listenkey=abc, feed.example-8d2ae0c8",
        "wss://feed.example/ws?api_key=abc&X-Amz-Signature=1&X-Amz-SignedHeaders=host"
                + "&X-Amz-Credential=2, feed.example-8d2ae0c8",
        "wss://feed.example/ws?sessionId=abc&sessionid=def&authToken=1&client_secret=2&password=3"
                + "&passwd=4&jwt=5&ticket=6&sign=7&access_token=8&auth=9&oauth_token=10&key=11,"
                + " feed.example-8d2ae0c8",
        "ws://user:pw@feed.example:8080/, feed.example-4d44bc6b",
    })
    void namesMadeFromUrlsStayAsTheyAre(String url, String id) {
        assertThat(ids(url)).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({
        "keyword=btc, keyword=eth",
        "author=alice&x=1, author=bob&x=1",
        "tokenId=1, tokenId=2",
        "monkey=1, monkey=2",
        "design=1, design=2"
    })
    void parametersThatOnlySoundSecretCount(String one, String other) {
        withPosition();
        List<String> both = ids("ws://a.example/?" + one, "ws://a.example/?" + other);
        assertThat(both).doesNotHaveDuplicates();
        assertThat(ids("ws://a.example/?" + other)).containsExactly(both.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "ws://alice:p@a.example/ws, ws://bob:p@a.example/ws",
        "ws://a.example/?token=1, ws://a.example/?token=2",
        "ws://a.example/, wss://a.example/",
        "ws://a.example/x, ws://a.example/x"
    })
    void urlsThatWouldShareANameAreRefusedIfTheyHaveAPosition(String one, String other) {
        assertThat(ids(one, other)).doesNotHaveDuplicates();
        withPosition();
        assertThatThrownBy(() -> ids(one, "ws://b.example/", other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'url'",
                        "number 1 (" + Redaction.url(one),
                        "number 3 (" + Redaction.url(other),
                        "'a.example-",
                        "'split-names'")
                .hasMessageNotContaining("alice")
                .hasMessageNotContaining("token");
    }

    @Test
    void usersCanNameThem() {
        withPosition();
        config.set(WebSocketOptions.SPLIT_NAMES, List.of("alice", "bob/é-1"));
        Feed feed = feed("ws://alice:p@a.example/ws", "ws://bob:p@a.example/ws");
        assertThat(feed.endpoints()).extracting(Endpoint::id).containsExactly("alice", "bob/é-1");
        assertThat(feed.endpoint("bob/é-1").uri(0, null).getUserInfo()).isEqualTo("bob:p");
        assertThat(feed.nameOfSplit("alice")).isEqualTo("Split 'alice'");
    }

    @Test
    void thereMustBeANameForEachUrl() {
        config.set(WebSocketOptions.SPLIT_NAMES, List.of("a"));
        assertThatThrownBy(() -> feed("ws://a.example/", "ws://b.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The option 'split-names' has 1 names and 'url' names 2 URLs; there must be"
                                + " one for each.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "a\u00a0b", "a\u202eb", "a\u0085"})
    void namesMustBePrintable(String name) {
        config.set(WebSocketOptions.SPLIT_NAMES, List.of(name));
        assertThatThrownBy(() -> feed("ws://a.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The option 'split-names' has the value '")
                .hasMessageContaining("no blanks or control characters");
    }

    @Test
    void namesMustBeShortAndDifferent() {
        config.set(WebSocketOptions.SPLIT_NAMES, List.of("x".repeat(101)));
        assertThatThrownBy(() -> feed("ws://a.example/")).hasMessageContaining("1 and 100");
        config.set(WebSocketOptions.SPLIT_NAMES, List.of("a", "a"));
        assertThatThrownBy(() -> feed("ws://a.example/", "ws://b.example/"))
                .hasMessageContaining(
                        "'split-names' has the value 'a'; each name must be there once");
    }

    private void withPosition() {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("from ${position}"));
        config.set(WebSocketOptions.INITIAL_OPEN_MESSAGES, List.of("from the start"));
    }

    private Feed feed(String... urls) {
        config.set(WebSocketOptions.URL, List.of(urls));
        return Feed.of(config);
    }

    private List<String> ids(String... urls) {
        return feed(urls).endpoints().stream().map(Endpoint::id).collect(Collectors.toList());
    }
}

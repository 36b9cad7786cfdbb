package io.github.flinkwebsocket.feed;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FeedTest {

    private final Configuration config = new Configuration();

    @Test
    void urlAloneIsEnough() {
        Feed feed = feed("wss://feed.example/stream");

        assertThat(feed.endpoints()).hasSize(1);
        assertThat(feed.endpoints().get(0).uri(0, null)).hasToString("wss://feed.example/stream");
        assertThat(feed.openMessages(null)).isEmpty();
        assertThat(feed.bounds().isBounded()).isFalse();
        assertThat(feed.usesPosition()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://feed.example/  | its scheme must be 'ws' or 'wss': ws:// instead of http://",
                "https://feed.example/ | its scheme must be 'ws' or 'wss': wss:// instead of https://",
                "ftp://feed.example/   | its scheme must be 'ws' or 'wss'.",
                "feed.example          | as in ws://feed.example or wss://feed.example",
                "localhost:8765        | as in ws://localhost:8765 or wss://localhost:8765",
                "127.0.0.1:8765/x      | as in ws://127.0.0.1:8765/x or wss://127.0.0.1:8765/x",
                "//feed.example/       | as in ws://feed.example/ or wss://feed.example/",
                "ws:///path            | it must name a host",
                "ws://bücher.example/  | must be written in Punycode (xn--...)",
                "ws://:80/             | it must name a host",
                "ws://market_data:1/   | a host with an underscore is not supported",
                "ws://feed.example/#x  | it must not have a fragment ('#')",
                "ws://feed.example/a b | a URL must not contain blanks",
                "ws://feed.example/%zz | it is no URL",
                "ws://feed.example:0/  | its port must be between 1 and 65535",
                "ws://feed.example:70000/ | its port must be between 1 and 65535",
                "''                    | a URL must not be empty",
            })
    void urlMustBeOneThatCanBeConnectedTo(String url, String allowed) {
        assertThatThrownBy(() -> feed(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The option 'url' has the value '")
                .hasMessageContaining(allowed);
    }

    @Test
    void missingUrlIsNamed() {
        assertThatThrownBy(() -> Feed.of(config))
                .hasMessage(
                        "The option 'url' is missing; it must name at least one ws:// or wss:// URL.");
    }

    @Test
    void wrongUrlIsShownWithoutItsSecrets() {
        assertThatThrownBy(() -> feed("http://user:s3cret@feed.example/x?token=s3cret#s3cret"))
                .hasMessageContaining("http://***@feed.example/x?***")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void urlWithoutASchemeIsShownWithoutItsSecrets() {
        assertThatThrownBy(() -> feed("user:s3cret@feed.example:80/x?token=s3cret"))
                .hasMessageContaining("'***@feed.example:80/x?***'")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void unparsableUrlIsShownWithoutItsSecrets() {
        assertThatThrownBy(() -> feed("ws://feed.example/?token=s3cret%zz"))
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "connect-timeout, 0 ms",
        "connect-timeout, -1 ms",
        "close-timeout, 0 ms",
        "ping-interval, -1 ms",
        "read-timeout, -1 ms",
        "max-message-size, 0 b",
        "max-message-size, 4 gb",
        "reconnect.initial-backoff, 0 ms",
        "reconnect.max-backoff, 0 ms",
        "reconnect.max-attempts, 0",
        "reconnect.max-attempts, -3",
        "mailbox.max-bytes, 0 b",
        "mailbox.max-messages, 0",
        "bounded.messages, 0",
        "bounded.messages, -5",
        "bounded.duration, 0 ms",
        "bounded.idle-time, 0 ms",
        "bounded.close-codes, 999",
        "bounded.close-codes, 5000",
        "data-timeout, 0 ms",
        "max-redirects, -1",
        "max-redirects, 21",
        "retry.fatal-statuses, 200",
        "retry.fatal-close-codes, 999",
        "reconnect.stable-after, 0 ms",
        "connect-rate.max, 0",
        "connect-rate.interval, 0 ms",
        "send-rate.max, 0",
        "subprotocols, a b",
        "tls.min-version, SSLv3",
        "tls.key-file, key.pem",
        "proxy.url, proxy.example:3128",
        "proxy.url, https://proxy.example:3128",
        "proxy.url, http://me:s3cret@proxy.example:3128",
        "proxy.username, me",
        "auth.header, X-API-Key",
        "auth.oauth2.scope, read",
        "http-headers, Host:x",
        "http-headers, Sec-WebSocket-Key:x",
        "http-headers, b d:x",
        "http-headers, X-Name:Müller",
        "http-headers, X-Name:\u20AC",
        "auth.token, t\u00F6ken",
        "subprotocols, m\u00FCtt",
    })
    void limitOutOfRangeIsNamedWithItsValue(String key, String value) {
        // Durations can't be parsed below zero, but a builder can set them.
        if (value.equals("-1 ms")) {
            config.set(durationOption(key), Duration.ofMillis(-1));
        } else {
            config.setString(key, value);
        }
        assertThatThrownBy(() -> feed("ws://feed.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The option '" + key + "' has the value '");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping-interval | abc | does not start with a number",
                "ping-interval | 5 weeks | seconds",
                "max-redirects | many | many",
                "max-message-size | big | does not start with a number",
                "enable-metric | maybe | true or false",
                "error-policy | explode | skip"
            })
    void valueOfAnotherTypeIsNamedWithItsOptionAndWhatIsWrong(
            String key, String value, String wrong) {
        config.setString(key, value);
        assertThatThrownBy(() -> feed("ws://feed.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + key + "'", value, wrong)
                .hasNoCause();
    }

    @Test
    void valuesThatNoHeaderCanCarryAreNotShown() {
        config.setString("http-headers", "X-Key:s3cretä");
        assertThatThrownBy(() -> feed("ws://feed.example/"))
                .hasMessageContainingAll("'http-headers'", "'X-Key'", "others than ASCII")
                .hasMessageNotContaining("s3cret");
        config.setString("http-headers", "");
        config.setString("auth.token", "s3cretä");
        assertThatThrownBy(() -> feed("ws://feed.example/"))
                .hasMessageContainingAll("'auth.token'", "others than ASCII")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void headersThatAreNoMapAreNotShown() {
        config.setString("http-headers", "s3cret");
        assertThatThrownBy(() -> feed("ws://feed.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'http-headers'")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "open-messages         | 's3cret",
                "initial-open-messages | a;'s3cret",
                "url                   | 'ws://a.example/s3cret",
                "subprotocols          | 's3cret",
                "subprotocols          | s3cret token",
                "http-headers          | X-Key s3cret:x",
                "http-headers.X-K s3cret | x",
            })
    void valuesThatMayBeSecretAreNotShown(String key, String value) {
        config.setString(key, value);
        if (!key.equals("url")) {
            config.set(WebSocketOptions.URL, List.of("ws://a.example/"));
        }
        assertThatThrownBy(() -> Feed.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key.replaceFirst("[.].*", "") + "'")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth.username=a auth.password=b auth.token=c | Only one kind of credentials",
                "auth.username=a                              | must be set together",
                "auth.oauth2.token-url=http://t.example/t     | must be set together",
                "auth.token=s3cret http-headers=Authorization:s3cret | there are other credentials",
                "auth.token-file=f auth.token-env=e           | Only one kind of credentials",
                "proxy.url=http://p.example:1 proxy.username=a | must be set together",
                "tls.ca-file=f tls.insecure-skip-verification=true | it has no effect while",
            })
    void optionsThatContradictEachOtherAreRefused(String options, String reason) {
        for (String option : options.trim().split(" ")) {
            String[] parts = option.split("=", 2);
            config.setString(parts[0], parts[1]);
        }
        assertThatThrownBy(() -> feed("ws://a.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void severalUrlsOfOneSplitAreCheckedEach() {
        assertThat(feed("ws://a.example/x|wss://b.example/y").endpoints().get(0).alternatives())
                .isEqualTo(2);
        assertThatThrownBy(() -> feed("ws://a.example/x|http://b.example/y"))
                .hasMessageContaining("http://b.example/y");
        config.set(WebSocketOptions.INITIAL_URL, List.of("ws://a.example/"));
        assertThatThrownBy(() -> feed("ws://a.example/x|wss://b.example/y"))
                .hasMessageContaining("it must have as many alternatives");
    }

    @SuppressWarnings("unchecked")
    private static ConfigOption<Duration> durationOption(String key) {
        return (ConfigOption<Duration>)
                WebSocketOptions.all().stream().filter(o -> o.key().equals(key)).findAny().get();
    }

    @Test
    void pingsMustBeMoreFrequentThanTheReadTimeout() {
        config.set(WebSocketOptions.PING_INTERVAL, Duration.ofSeconds(60));
        assertThatThrownBy(() -> feed("ws://feed.example/"))
                .hasMessage(
                        "The option 'ping-interval' has the value '60000 ms'; it must be shorter than"
                                + " 'read-timeout', which is 60000 ms.");
    }

    @Test
    void pingsAndReadTimeoutCanBeSwitchedOff() {
        config.set(WebSocketOptions.PING_INTERVAL, Duration.ZERO);
        config.set(WebSocketOptions.READ_TIMEOUT, Duration.ZERO);
        assertThat(feed("ws://feed.example/").connection().pingInterval()).isZero();
        assertThat(feed("ws://feed.example/").connection().readTimeout()).isZero();
    }

    @Test
    void maxBackoffMustNotBeShorterThanTheInitialOne() {
        config.set(WebSocketOptions.RECONNECT_MAX_BACKOFF, Duration.ofMillis(10));
        assertThatThrownBy(() -> feed("ws://feed.example/"))
                .hasMessageContaining("'reconnect.max-backoff' has the value '10 ms'")
                .hasMessageContaining("'reconnect.initial-backoff', which is 1000 ms");
    }

    @Test
    void eachOfTheBoundsMakesTheFeedBounded() {
        for (String bound :
                List.of("messages: 5", "duration: 1 s", "idle-time: 1 s", "close-codes: 4000")) {
            Configuration bounded = new Configuration();
            bounded.set(WebSocketOptions.URL, List.of("ws://feed.example/"));
            String[] parts = bound.split(": ");
            bounded.setString("bounded." + parts[0], parts[1]);
            assertThat(Feed.of(bounded).bounds().isBounded()).as(bound).isTrue();
        }
    }

    // ---------------------------------------------------------------- identity

    @Test
    void idsAreDifferentForDifferentPathsQueriesAndPorts() {
        assertThat(
                        ids(
                                "ws://a.example/x",
                                "ws://a.example/y",
                                "ws://a.example/x?symbol=1",
                                "ws://a.example/x?symbol=2",
                                "ws://a.example:81/x",
                                "ws://b.example/x"))
                .doesNotHaveDuplicates();
    }

    @Test
    void idsOfEqualUrlsAreNumbered() {
        List<String> ids = ids("ws://a.example/x", "ws://a.example/x", "ws://a.example/x");
        assertThat(ids.get(1)).isEqualTo(ids.get(0) + "-2");
        assertThat(ids.get(2)).isEqualTo(ids.get(0) + "-3");
    }

    @Test
    void idDoesNotDependOnSecretsNorOnOtherUrls() {
        String id = ids("ws://a.example/x?symbol=1&token=abc").get(0);
        assertThat(id).startsWith("a.example-").doesNotContain("abc");
        assertThat(ids("ws://a.example/x?symbol=1&token=def")).containsExactly(id);
        assertThat(ids("ws://u:p@a.example/x?symbol=1&token=def")).containsExactly(id);
        assertThat(ids("ws://b.example/", "ws://a.example/x?symbol=1&token=def")).contains(id);
    }

    // ---------------------------------------------------------------- position

    @Test
    void lettersBeyondAsciiArePercentEncodedInTheUrl() {
        config.set(WebSocketOptions.INITIAL_URL, List.of("ws://a.example/größe"));
        Endpoint endpoint = feed("ws://a.example/börse?after=${position}").endpoints().get(0);

        assertThat(endpoint.uri(0, null)).hasToString("ws://a.example/gr%C3%B6%C3%9Fe");
        assertThat(endpoint.uri(0, "ä")).hasToString("ws://a.example/b%C3%B6rse?after=%C3%A4");
    }

    @Test
    void positionIsPercentEncodedInTheUrl() {
        config.set(WebSocketOptions.INITIAL_URL, List.of("ws://a.example/x"));
        Endpoint endpoint = feed("ws://a.example/x?after=${position}").endpoints().get(0);

        assertThat(endpoint.uri(0, null)).hasToString("ws://a.example/x");
        assertThat(endpoint.uri(0, "a&b=c/d")).hasToString("ws://a.example/x?after=a%26b%3Dc%2Fd");
    }

    @Test
    void positionIsEscapedInOpenMessages() {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("{\"from\":\"${position}\"}", "go"));
        config.set(WebSocketOptions.INITIAL_OPEN_MESSAGES, List.of("{\"from\":\"start\"}"));
        Feed feed = feed("ws://a.example/");

        assertThat(feed.usesPosition()).isTrue();
        assertThat(feed.openMessages(null)).containsExactly("{\"from\":\"start\"}");
        assertThat(feed.openMessages("a\"\\b\n"))
                .containsExactly("{\"from\":\"a\\\"\\\\b\\n\"}", "go");
    }

    @Test
    void urlWithPositionNeedsOneForTheFirstConnect() {
        assertThatThrownBy(() -> feed("ws://a.example/?after=${position}"))
                .hasMessageContaining("'url'")
                .hasMessageContaining("'initial-url' must say where to connect");
    }

    @Test
    void openMessagesWithPositionNeedOnesForTheFirstConnect() {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("from ${position}"));
        assertThatThrownBy(() -> feed("ws://a.example/"))
                .hasMessageContaining("'initial-open-messages' must say what to send");
    }

    @Test
    void whatIsForTheFirstConnectMustNotNeedAPosition() {
        config.set(WebSocketOptions.INITIAL_URL, List.of("ws://a.example/${position}"));
        assertThatThrownBy(() -> feed("ws://a.example/"))
                .hasMessageContaining("'initial-url'")
                .hasMessageContaining("it must not contain ${position}");

        config.set(WebSocketOptions.INITIAL_URL, List.of("ws://a.example/"));
        config.set(WebSocketOptions.INITIAL_OPEN_MESSAGES, List.of("${position}"));
        assertThatThrownBy(() -> feed("ws://a.example/"))
                .hasMessageContaining("'initial-open-messages' contains ${position}");
    }

    @Test
    void initialUrlsMustBeAsManyAsUrls() {
        config.set(WebSocketOptions.INITIAL_URL, List.of("ws://a.example/", "ws://b.example/"));
        assertThatThrownBy(() -> feed("ws://a.example/"))
                .hasMessage(
                        "The option 'initial-url' names 2 URLs and 'url' names 1; there must be one"
                                + " for each.");
    }

    // ---------------------------------------------------------------- as an object

    @Test
    void isSerializable() throws Exception {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("subscribe"));
        config.set(WebSocketOptions.BOUNDED_CLOSE_CODES, List.of(4000));
        Feed copy = InstantiationUtil.clone(feed("ws://a.example/x"));

        assertThat(copy.openMessages(null)).containsExactly("subscribe");
        assertThat(copy.bounds().closeCodes()).containsExactly(4000);
        assertThat(copy.endpoints().get(0).uri(0, null)).hasToString("ws://a.example/x");
    }

    @Test
    void showsNoSecrets() {
        config.set(WebSocketOptions.OPEN_MESSAGES, List.of("{\"auth\":\"s3cret\"}"));
        Feed feed =
                feed(
                        "ws://u:s3cret@a.example/x?token=s3cret",
                        "ws://a.example/ws/pqia91ma19a5s3cretwaCWjcGVoNs3cretiFgRh5e");
        assertThat(feed.toString()).contains("a.example/x").doesNotContain("s3cret");
        assertThat(feed.endpoints().toString()).doesNotContain("s3cret");
        assertThat(new PositionTemplate("s3cret").toString()).doesNotContain("s3cret");
    }

    private Feed feed(String... urls) {
        config.set(WebSocketOptions.URL, List.of(urls));
        return Feed.of(config);
    }

    private List<String> ids(String... urls) {
        return feed(urls).endpoints().stream().map(Endpoint::id).collect(Collectors.toList());
    }
}

package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.EventTimeFormat;
import io.github.flinkwebsocket.feed.EventTimeMissing;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.OverflowPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.TableSources;

import org.apache.flink.configuration.ConfigOption;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every option of the connector, set by the options of a table, reaches the source of the job. */
class TableOptionsTest {

    /** By the key of the option. */
    private static final Map<String, Case> CASES = new HashMap<>();

    /** Those that a test of their own proves. */
    private static final List<ConfigOption<?>> OWN_TESTS =
            List.of(
                    WebSocketOptions.AUTH_TOKEN_FILE,
                    WebSocketOptions.AUTH_OAUTH2_TOKEN_URL,
                    WebSocketOptions.AUTH_OAUTH2_CLIENT_ID,
                    WebSocketOptions.AUTH_OAUTH2_CLIENT_SECRET,
                    WebSocketOptions.AUTH_OAUTH2_SCOPE);

    static {
        add(WebSocketOptions.URL, "ws://a.example/1;wss://b.example/2")
                .gives(
                        feed -> List.of(url(feed, 0), url(feed, 1)),
                        List.of("ws://a.example/1", "wss://b.example/2"));
        add(WebSocketOptions.SPLIT_NAMES, "a;b")
                .with("url", "ws://a.example/;ws://b.example/")
                .gives(
                        feed -> List.of(feed.endpoints().get(0).id(), feed.endpoints().get(1).id()),
                        List.of("a", "b"));
        add(WebSocketOptions.INITIAL_URL, "ws://a.example/;p")
                .with("url", "ws://a.example/${position}")
                .with("position.pointer", "/p")
                .gives(feed -> url(feed, 0), "ws://a.example/;p");
        add(WebSocketOptions.OPEN_MESSAGES, "{\"a\":[\"b;c\"]};d")
                .gives(feed -> feed.openMessages(null), List.of("{\"a\":[\"b;c\"]}", "d"));
        add(WebSocketOptions.INITIAL_OPEN_MESSAGES, "[1, 2];d")
                .with("open-messages", "${position}")
                .with("position.pointer", "/p")
                .gives(feed -> feed.openMessages(null), List.of("[1, 2]", "d"));
        add(WebSocketOptions.POSITION_POINTER, "/p")
                .with("open-messages", "${position}")
                .with("initial-open-messages", "all")
                .gives(Feed::positionPointer, "/p");
        add(WebSocketOptions.CONNECT_TIMEOUT, "7 s")
                .gives(feed -> feed.connection().connectTimeout(), 7000L);
        add(WebSocketOptions.CLOSE_TIMEOUT, "7 s")
                .gives(feed -> feed.connection().closeTimeout(), 7000L);
        add(WebSocketOptions.PING_INTERVAL, "7 s")
                .gives(feed -> feed.connection().pingInterval(), 7000L);
        add(WebSocketOptions.READ_TIMEOUT, "70 s")
                .gives(feed -> feed.connection().readTimeout(), 70_000L);
        add(WebSocketOptions.DATA_TIMEOUT, "7 s")
                .gives(feed -> feed.connection().dataTimeout(), 7000L);
        add(WebSocketOptions.MAX_MESSAGE_SIZE, "7 kb")
                .gives(feed -> feed.connection().maxMessageSize(), 7168);
        add(WebSocketOptions.PERMESSAGE_DEFLATE, "true")
                .gives(feed -> feed.connection().deflate(), true);
        add(WebSocketOptions.HTTP_HEADERS, "X-A:b,X-C:d")
                .gives(feed -> feed.connection().headers(), Map.of("X-A", "b", "X-C", "d"));
        add(WebSocketOptions.SUBPROTOCOLS, "v2;v1")
                .gives(feed -> feed.connection().subprotocols(), List.of("v2", "v1"));
        add(WebSocketOptions.MAX_REDIRECTS, "7").gives(feed -> feed.retry().maxRedirects(), 7);
        add(WebSocketOptions.TLS_CA_FILE, "f").gives(feed -> feed.connection().tls().caFile(), "f");
        add(WebSocketOptions.TLS_CA_PASSWORD, "p")
                .gives(feed -> feed.connection().tls().caPassword(), "p");
        add(WebSocketOptions.TLS_CERTIFICATE_FILE, "f")
                .gives(feed -> feed.connection().tls().certificateFile(), "f");
        add(WebSocketOptions.TLS_KEY_FILE, "f")
                .with("tls.certificate-file", "c")
                .gives(feed -> feed.connection().tls().keyFile(), "f");
        add(WebSocketOptions.TLS_KEY_PASSWORD, "p")
                .gives(feed -> feed.connection().tls().keyPassword(), "p");
        add(WebSocketOptions.TLS_MIN_VERSION, "TLSv1.3")
                .gives(feed -> feed.connection().tls().versions(), List.of("TLSv1.3"));
        add(WebSocketOptions.TLS_INSECURE, "true")
                .gives(feed -> feed.connection().tls().insecure(), true);
        add(WebSocketOptions.PROXY_URL, "http://p.example:7")
                .gives(feed -> feed.connection().proxy().toString(), "HTTP proxy p.example:7");
        add(WebSocketOptions.PROXY_USERNAME, "u")
                .with("proxy.url", "http://p.example:7")
                .with("proxy.password", "p")
                .gives(feed -> feed.connection().proxy().username(), "u");
        add(WebSocketOptions.PROXY_PASSWORD, "p")
                .with("proxy.url", "http://p.example:7")
                .with("proxy.username", "u")
                .gives(feed -> feed.connection().proxy().password(), "p");
        add(WebSocketOptions.AUTH_USERNAME, "u")
                .with("auth.password", "p")
                .gives(TableOptionsTest::credentials, Map.of("Authorization", basic("u:p")));
        add(WebSocketOptions.AUTH_PASSWORD, "p")
                .with("auth.username", "u")
                .gives(TableOptionsTest::credentials, Map.of("Authorization", basic("u:p")));
        add(WebSocketOptions.AUTH_TOKEN, "t")
                .gives(TableOptionsTest::credentials, Map.of("Authorization", "Bearer t"));
        add(WebSocketOptions.AUTH_TOKEN_ENV, "PATH")
                .gives(
                        TableOptionsTest::credentials,
                        Map.of("Authorization", "Bearer " + System.getenv("PATH")));
        add(WebSocketOptions.AUTH_HEADER, "X-Key")
                .with("auth.token", "t")
                .gives(TableOptionsTest::credentials, Map.of("X-Key", "t"));
        add(WebSocketOptions.RECONNECT_STABLE_AFTER, "7 s")
                .gives(feed -> feed.reconnect().stableAfter(), 7_000L);
        add(WebSocketOptions.RECONNECT_RESTART_DELAY, "7 s")
                .gives(feed -> feed.reconnect().restartDelay(), 7_000L);
        add(WebSocketOptions.RECONNECT_INITIAL_BACKOFF, "7 ms")
                .gives(feed -> feed.reconnect().initialBackoff(), 7L);
        add(WebSocketOptions.RECONNECT_MAX_BACKOFF, "7 s")
                .gives(feed -> feed.reconnect().maxBackoff(), 7000L);
        add(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, "7")
                .gives(feed -> feed.reconnect().maxAttempts(), 7);
        add(WebSocketOptions.RETRY_FATAL_STATUSES, "404;500")
                .gives(feed -> feed.retry().fatalStatuses(), Set.of(404, 500));
        add(WebSocketOptions.RETRY_FATAL_CLOSE_CODES, "4001;4002")
                .gives(feed -> feed.retry().fatalCloseCodes(), Set.of(4001, 4002));
        add(WebSocketOptions.CONNECT_RATE_MAX, "7").gives(feed -> feed.connectRate().share(1), 7);
        add(WebSocketOptions.CONNECT_RATE_INTERVAL, "7 s")
                .gives(feed -> feed.connectRate().interval(), 7000L);
        add(WebSocketOptions.SEND_RATE_MAX, "7").gives(feed -> feed.connection().sendRate(), 7);
        add(WebSocketOptions.MAILBOX_MAX_BYTES, "7 kb")
                .gives(feed -> feed.mailbox().maxBytes(), 7168L);
        add(WebSocketOptions.MAILBOX_MAX_MESSAGES, "7")
                .gives(feed -> feed.mailbox().maxMessages(), 7);
        add(WebSocketOptions.MAILBOX_OVERFLOW, "drop-oldest")
                .gives(feed -> feed.mailbox().overflow(), OverflowPolicy.DROP_OLDEST);
        add(WebSocketOptions.MESSAGE_COMPRESSION, "gzip")
                .gives(feed -> feed.messages().compression(), MessageCompression.GZIP);
        add(WebSocketOptions.MESSAGE_FRAMING, "json")
                .gives(feed -> feed.messages().framing(), MessageFraming.JSON);
        add(WebSocketOptions.MESSAGE_SEPARATOR, ";")
                .with("message.framing", "separator")
                .gives(feed -> feed.messages().separator(), ";");
        add(WebSocketOptions.MESSAGE_RECORD, "/data/*")
                .gives(feed -> feed.messages().record().toString(), "/data/*");
        add(WebSocketOptions.MESSAGE_UNWRAP, "json-string")
                .gives(feed -> feed.messages().unwrapping(), MessageUnwrapping.JSON_STRING);
        add(WebSocketOptions.MESSAGE_EVENT_TIME, "/t")
                .gives(feed -> feed.messages().eventTime().toString(), "/t");
        add(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, "iso-8601")
                .with("message.event-time", "/t")
                .gives(
                        feed -> feed.messages().eventTimeFormat().kind(),
                        EventTimeFormat.Kind.ISO_8601);
        add(WebSocketOptions.MESSAGE_EVENT_TIME_ZONE, "Europe/Berlin")
                .with("message.event-time", "/t")
                .with("message.event-time-format", "iso-8601")
                .gives(feed -> feed.messages().eventTimeFormat().zone().getId(), "Europe/Berlin");
        add(WebSocketOptions.MESSAGE_EVENT_TIME_MISSING, "receive-time")
                .with("message.event-time", "/t")
                .gives(feed -> feed.messages().eventTimeMissing(), EventTimeMissing.RECEIVE_TIME);
        add(WebSocketOptions.MESSAGE_EVENT_TIME_MAX_AHEAD, "7 s")
                .with("message.event-time", "/t")
                .gives(feed -> feed.messages().eventTimeMaxAhead(), 7000L);
        add(WebSocketOptions.ERROR_POLICY, "skip").gives(Feed::errorPolicy, ErrorPolicy.SKIP);
        add(WebSocketOptions.ID, "i").gives(Feed::id, "i");
        add(WebSocketOptions.ENABLE_METRIC, "false").gives(Feed::metricsEnabled, false);
        add(WebSocketOptions.BOUNDED_MESSAGES, "7").gives(feed -> feed.bounds().messages(), 7L);
        add(WebSocketOptions.BOUNDED_DURATION, "7 s")
                .gives(feed -> feed.bounds().duration(), 7000L);
        add(WebSocketOptions.BOUNDED_IDLE_TIME, "7 s")
                .gives(feed -> feed.bounds().idleTime(), 7000L);
        add(WebSocketOptions.BOUNDED_CLOSE_CODES, "4001;4002")
                .gives(feed -> feed.bounds().closeCodes(), Set.of(4001, 4002));
        add(WebSocketOptions.ADD_FIELD, "a:b,c:%{d}")
                .gives(feed -> feed.enrichment().fields(), Map.of("a", "b", "c", "%{d}"));
        add(WebSocketOptions.TAGS, "x;%{[y][z]}")
                .gives(feed -> feed.enrichment().tags(), List.of("x", "%{[y][z]}"));
        add(WebSocketOptions.TYPE, "t").gives(feed -> feed.enrichment().type(), "t");
    }

    @TempDir Path folder;

    static Stream<String> keys() {
        return WebSocketOptions.all().stream()
                .filter(option -> !OWN_TESTS.contains(option))
                .map(ConfigOption::key);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void optionReachesTheSource(String key) {
        Case test = CASES.get(key);
        assertThat(test).as("There must be a case for '%s'.", key).isNotNull();
        assertThat(test.setting.apply(feed(test.options))).isEqualTo(test.expected);
    }

    @Test
    void tokenFileReachesTheSource() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "t");
        assertThat(credentials(feed(Map.of("auth.token-file", file.toString()))))
                .isEqualTo(Map.of("Authorization", "Bearer t"));
    }

    @Test
    void oauth2OptionsReachTheSource() throws IOException {
        List<String> requests = new ArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/token",
                exchange -> {
                    requests.add(exchange.getRequestHeaders().getFirst("Authorization"));
                    requests.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    byte[] answer = "{\"access_token\":\"t\"}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        try {
            Feed feed =
                    feed(
                            Map.of(
                                    "auth.oauth2.token-url",
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/token",
                                    "auth.oauth2.client-id",
                                    "id",
                                    "auth.oauth2.client-secret",
                                    "secret",
                                    "auth.oauth2.scope",
                                    "scope"));
            assertThat(credentials(feed)).isEqualTo(Map.of("Authorization", "Bearer t"));
        } finally {
            server.stop(0);
        }
        assertThat(requests.get(0)).isEqualTo(basic("id:secret"));
        assertThat(requests.get(1)).contains("scope=scope");
    }

    private static Feed feed(Map<String, String> options) {
        return ((WebSocketSource<?>) TableSources.runtime(TableSources.of(options))).feed();
    }

    private static String url(Feed feed, int split) {
        return feed.endpoints().get(split).uri(0, null).toString();
    }

    private static Object credentials(Feed feed) {
        try {
            return feed.connection().credentials().headers(false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Case add(ConfigOption<?> option, String value) {
        Case test = new Case();
        test.options.put(option.key(), value);
        assertThat(CASES.put(option.key(), test)).isNull();
        return test;
    }

    /** An option with a value that is not its default, and the setting that must follow. */
    private static final class Case {

        private final Map<String, String> options = new HashMap<>();
        private Function<Feed, ?> setting;
        private Object expected;

        /** Another option that this one needs. */
        Case with(String option, String value) {
            options.put(option, value);
            return this;
        }

        void gives(Function<Feed, ?> newSetting, Object newExpected) {
            setting = newSetting;
            expected = newExpected;
        }
    }
}

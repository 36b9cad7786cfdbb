package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Peer;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** A peer that repeats what it was sent does not get secrets into logs and failures. */
@Timeout(60)
class SentSecretsTest {

    private static final String TARGET = "/stream/abcdefghijklmnopqrstuvwxyz?depth=5&token=tok3n";
    private static final String[] SECRETS = {
        "abcdefghijklmnopqrstuvwxyz", "tok3n", "s3cret", "ap1-key", "c00kie", "v13.s3c"
    };

    // ---------------------------------------------------------------- on the wire

    @ParameterizedTest
    @ValueSource(
            strings = {
                "403 No tok3n",
                "404 Not Found\r\nRetry-After: s3cret",
                "400 Bearer s3cret?",
            })
    void areTakenOutOfARefusal(String status) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> repeat(status, peer));
                Link link = link(server)) {
            assertClean(link.awaitEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Protocol: s3cret", "Sec-WebSocket-Extensions: s3cret"})
    void areTakenOutOfWhatWasNotOffered(String header) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.accept(header));
                Link link =
                        Link.to(
                                server.url(TARGET),
                                new RecordingListener(),
                                SentSecretsTest::credentials)) {
            Termination end = link.awaitEnd();
            assertClean(end);
            assertThat(end.reason()).contains("'***', which w");
        }
    }

    @Test
    void areTakenOutOfTheReasonOfACloseFrame() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer ->
                                        peer.accept("Sec-WebSocket-Protocol: v1")
                                                .close(4001, "tok3n of Bearer s3cret is too old"));
                Link link = link(server)) {
            assertThat(link.awaitEnd().reason())
                    .isEqualTo("the server closed it with code 4001: *** of *** is too old");
        }
    }

    @Test
    void areTakenOutOfAReasonThatTheServerHasCutOff() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer ->
                                        peer.accept("Sec-WebSocket-Protocol: v1")
                                                .close(4001, "bad abcdefghijklm"));
                Link link = link(server)) {
            assertThat(link.awaitEnd().reason()).endsWith("4001: bad ***");
        }
    }

    @Test
    void areTakenOutOfWhatAProxySays() throws Exception {
        try (ScriptedServer proxy =
                        ScriptedServer.start(peer -> repeat("407 you sent s3cret", peer));
                Link link =
                        Link.to(
                                "ws://feed.example/",
                                new RecordingListener(),
                                options -> {
                                    options.set(
                                            WebSocketOptions.PROXY_URL,
                                            "http://127.0.0.1:" + proxy.port());
                                    options.set(WebSocketOptions.PROXY_USERNAME, "me");
                                    options.set(WebSocketOptions.PROXY_PASSWORD, "s3cret");
                                })) {
            Termination end = link.awaitEnd();
            assertThat(end.reason()).contains("refused with status 407 you sent ***");
            assertThat(ExceptionUtils.stringifyException(end.cause()))
                    .doesNotContain("s3cret", base64("me:s3cret"));
        }
    }

    @Test
    void areTakenOutOfAProxysReasonThatRepeatsTheRequest() throws Exception {
        try (ScriptedServer proxy =
                        ScriptedServer.start(
                                peer ->
                                        repeat(
                                                "407 " + peer.request().replace("\r\n", " "),
                                                peer));
                Link link =
                        Link.to(
                                "ws://feed.example/",
                                new RecordingListener(),
                                options -> {
                                    options.set(
                                            WebSocketOptions.PROXY_URL,
                                            "http://127.0.0.1:" + proxy.port());
                                    options.set(WebSocketOptions.PROXY_USERNAME, "U");
                                    options.set(WebSocketOptions.PROXY_PASSWORD, "P");
                                })) {
            assertThat(link.awaitEnd().reason())
                    .contains("407 CONNECT feed.example:80", "Proxy-Authorization: ***")
                    .doesNotContain(base64("U:P"));
        }
    }

    @ParameterizedTest
    @CsvSource({"v1, v1", "v13.s3cretS3cret, ***"})
    void aChosenSubprotocolIsShownIfItIsAPlainName(String chosen, String shown) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(
                                peer ->
                                        peer.accept("Sec-WebSocket-Protocol: " + chosen)
                                                .awaitEnd());
                Link link = link(server)) {
            link.listener.awaitOpen();
            assertThat(link.connection.subprotocol()).isEqualTo(shown);
        }
    }

    @Test
    void aReasonPhraseIsCut() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(peer -> repeat("403 " + "x".repeat(5000), peer));
                Link link = link(server)) {
            assertThat(link.awaitEnd().reason())
                    .contains(" 403 " + "x".repeat(197) + "...: GET /stream/")
                    .doesNotContain("x".repeat(198));
        }
    }

    // ---------------------------------------------------------------- what is a secret

    @Test
    void wordsThatAreNoSecretsStay() {
        SentSecrets secrets =
                SentSecrets.of(
                        URI.create("ws://u:pw@feed.example/stream?topic=trades&id=7"),
                        Map.of("User-Agent", "agent", "Accept", "text/b", "Origin", "http://here"),
                        Feeds.of("ws://feed.example/", o -> subprotocols(o, "v1", "graphql-ws"))
                                .connection(),
                        List.of("{\"op\":\"subscribe\",\"channel\":\"trades\"}"));
        String words =
                "no trades for agent u of http://here, text/b, at stream 7; v1, graphql-ws:"
                        + " can't subscribe the channel";
        assertThat(secrets.harmless(words)).isEqualTo(words);
        assertThat(secrets.harmless("/stream?topic=trades&id=7")).isEqualTo("/stream?***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"auth\",\"key\":\"kkkk\"}",
                "{\"op\":\"login\",\"args\":[\"kkkk\",1700000000]}",
                "{\"a\":[{\"api\":{\"secretKey\":\"kkkk\"}}]}",
                "AUTH kkkk",
                "kkkk"
            })
    void whatIsRepeatedOfOpenMessagesIsNotShown(String message) {
        SentSecrets secrets = of("ws://feed.example/", o -> {}, message);
        assertThat(secrets.harmless("wrong: kkkk!")).isEqualTo("wrong: ***!");
        assertThat(secrets.harmless("can't read " + message + ".")).isEqualTo("can't read ***.");
        assertThat(secrets.harmless("can't read " + message.replace("\"", "\\\"") + "."))
                .isEqualTo("can't read ***.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token.SSSS", "v1,access_token.x", "hunter2", "aB3dE5gH7", "SSSS"})
    void offeredSubprotocolsThatMayBeTokensAreNotShown(String offered) {
        SentSecrets secrets = of("ws://feed.example/", o -> subprotocols(o, offered.split(",")));
        String last = offered.substring(offered.indexOf(',') + 1);
        assertThat(secrets.harmless("you offered " + last)).isEqualTo("you offered ***");
    }

    @Test
    void shortOnesDoNotHideEveryWord() {
        SentSecrets secrets =
                of(
                        "ws://u:e@feed.example/?token=r",
                        o -> o.set(WebSocketOptions.HTTP_HEADERS, Map.of("X-Key", "no")),
                        "{\"key\":\"a\"}");
        assertThat(secrets.harmless("no way here; are you there?"))
                .isEqualTo("no way here; are you there?");
        assertThat(secrets.harmless("GET /?token=r")).isEqualTo("GET /?***");
    }

    @Test
    void shortQueriesAreTakenOutAsAWhole() {
        assertThat(of("ws://feed.example/?k=Q", o -> {}).harmless("GET /?k=Q HTTP"))
                .isEqualTo("GET /*** HTTP");
    }

    // ---------------------------------------------------------------- encodings

    @Test
    void areFoundInEveryEncoding() {
        String secret = "pä/s w+r\"d\\<&>%41=";
        String plus = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        SentSecrets secrets = of("ws://feed.example/?token=" + plus, o -> {});
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        for (String encoded :
                List.of(
                        secret,
                        plus,
                        plus.replace("+", "%20"),
                        plus.toLowerCase(Locale.ROOT),
                        json,
                        json.replace("/", "\\/"),
                        json.replace("ä", "\\u00e4").replace("<", "\\u003C"),
                        secret.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&#34;"),
                        secret.replace("&", "&#x26;").replace(">", "&gt;"),
                        new String(
                                secret.getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1),
                        base64(secret),
                        base64(secret).replace('+', '-').replace('/', '_'))) {
            assertThat(secrets.harmless("<" + encoded + ">").replace("=", ""))
                    .as(encoded)
                    .isEqualTo("<***>");
        }
    }

    @Test
    void areFoundInAnEncodingOfAnEncoding() {
        SentSecrets secrets = of("ws://feed.example/", o -> token(o, "s3 cr/\"et"));
        for (String encoded :
                List.of("s3%2520cr%252F%2522et", "s3%2Bcr%252f%2522et", "s3 cr/\\\\\\\"et")) {
            assertThat(secrets.harmless(encoded)).as(encoded).isEqualTo("***");
        }
    }

    @Test
    void areFoundInTheBase64OfMore() {
        SentSecrets secrets = of("ws://feed.example/", o -> token(o, "s3cret-s3cret"));
        for (String before : List.of("", "u", "us", "use", "user")) {
            for (String after : List.of("", "1", "12", "123")) {
                String shown = secrets.harmless(base64(before + "s3cret-s3cret" + after));
                assertThat(shown).contains("***");
                String rest = shown.replace("***", "").replace("=", "");
                assertThat(rest.length()).isLessThanOrEqualTo(before.length() * 2 + 6);
            }
        }
    }

    @Test
    void ofTheUrlAreKnownAsTheyAreMeantToo() {
        SentSecrets secrets =
                of("ws://me:p%40ss%2Fword@feed.example/?api_key=a%2Fb%2Bcd&sig=x+y-z", o -> {});
        assertThat(secrets.harmless("p@ss/word, p%40ss%2fword, a/b+cd, a%2Fb%2Bcd, x y-z, x+y-z"))
                .isEqualTo("***, ***, ***, ***, ***, ***");
    }

    @Test
    void theirBeginningIsASecretToo() {
        SentSecrets secrets = of("ws://feed.example/", o -> token(o, "abcdef0123456789"));
        assertThat(secrets.harmless("wrong: abcdef012... and more"))
                .isEqualTo("wrong: ***... and more");
        assertThat(secrets.harmless("wrong: abcdef")).isEqualTo("wrong: ***");
        assertThat(secrets.harmless("abc, abcdef are letters"))
                .isEqualTo("abc, abcdef are letters");
    }

    @Test
    void oneThatOverlapsAnotherLeavesNothing() {
        SentSecrets secrets =
                of(
                        "ws://feed.example/",
                        o ->
                                o.set(
                                        WebSocketOptions.HTTP_HEADERS,
                                        Map.of("X-A", "abcdefgh12345678", "X-B", "efgh1234xyz")));
        assertThat(secrets.harmless("abcdefgh1234xyz")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"login\",\"bob\",\"hunter22\"]",
                "{\"op\":\"auth\",\"args\":\"hunter22\"}",
                "{\"op\":\"login\",\"args\":[\"bob\",\"hunter22\"]}",
                "{\"method\":\"login\",\"params\":{\"user\":\"bob\",\"code\":\"hunter22\"}}",
            })
    void argumentsOfALoginAreSecretWhereverTheyStand(String message) {
        SentSecrets secrets = of("ws://feed.example/", o -> {}, message);
        assertThat(secrets.harmless("login failed: bad credentials hunter22"))
                .isEqualTo("login failed: bad credentials ***");
    }

    @Test
    void parametersOfTheQueryAreFoundAlone() {
        SentSecrets secrets = of("ws://feed.example/?k=hunter22&v=1&symbol=btcusd", o -> {});
        assertThat(secrets.harmless("k=hunter22 is unknown")).isEqualTo("*** is unknown");
        assertThat(secrets.harmless("{\"k\":\"hunter22\"}")).isEqualTo("{\"k\":\"***\"}");
        assertThat(secrets.harmless("btcusd, version 1")).isEqualTo("btcusd, version 1");
    }

    @Test
    @Timeout(20)
    void wordsMadeToTakeLongDoNot() {
        SentSecrets secrets = of("ws://feed.example/", o -> token(o, "abcdefgh1234"));
        assertThat(secrets.harmless("\\".repeat(100_000))).hasSize(100_000);
    }

    @Test
    void longOnesAreFoundToo() {
        String secret = "0123456789abcdef".repeat(4096);
        SentSecrets secrets = of("ws://feed.example/", o -> token(o, secret));
        assertThat(secrets.harmless("<" + secret + ">")).isEqualTo("<***>");
    }

    // ---------------------------------------------------------------- what can't be seen

    @Test
    void whatCannotBeSeenBecomesAnEscape() {
        assertThat(SentSecrets.NONE.harmless("a\r\nb\tc\u0000\u001b[1m\u0085\u009b\u2028\u2029"))
                .isEqualTo("a\\r\\nb\\tc\\u0000\\u001b[1m\\u0085\\u009b\\u2028\\u2029");
        assertThat(SentSecrets.NONE.harmless("\u202a\u202e\u2066\u2069\u200e\u200f\u061c"))
                .isEqualTo("\\u202a\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c");
        assertThat(SentSecrets.NONE.harmless("grüße 😀 日本")).isEqualTo("grüße 😀 日本");
        assertThat(SentSecrets.NONE.harmless("\ud83d")).isEqualTo("\\ud83d");
    }

    @Test
    void longWordsAreCutBetweenCharacters() {
        assertThat(SentSecrets.NONE.harmless("a".repeat(20), 20)).isEqualTo("a".repeat(20));
        assertThat(SentSecrets.NONE.harmless("a".repeat(21), 20)).isEqualTo("a".repeat(17) + "...");
        assertThat(SentSecrets.NONE.harmless("a".repeat(16) + "😀😀😀", 20))
                .isEqualTo("a".repeat(16) + "...");
    }

    // ---------------------------------------------------------------- helpers

    private static void repeat(String status, Peer peer) throws Exception {
        String answer =
                String.format(
                        "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s",
                        status, peer.request().length(), peer.request());
        peer.send(answer.getBytes(StandardCharsets.US_ASCII));
        peer.awaitEnd();
    }

    private static Link link(ScriptedServer server) {
        return Link.to(
                server.url(TARGET),
                new RecordingListener(),
                options -> {
                    credentials(options);
                    subprotocols(options, "v1", "v13.s3cretS3cret");
                });
    }

    private static void credentials(Configuration options) {
        token(options, "s3cret");
        options.set(
                WebSocketOptions.HTTP_HEADERS,
                Map.of("X-Key", "ap1-key", "Cookie", "id=c00kie; lang=en"));
    }

    private static void token(Configuration options, String token) {
        options.set(WebSocketOptions.AUTH_TOKEN, token);
    }

    private static void subprotocols(Configuration options, String... subprotocols) {
        options.set(WebSocketOptions.SUBPROTOCOLS, List.of(subprotocols));
    }

    private static SentSecrets of(String url, Consumer<Configuration> options, String... messages) {
        Feed feed = Feeds.of(url, options);
        URI uri = feed.endpoints().get(0).uri(0, null);
        try {
            return SentSecrets.of(
                    uri,
                    UpgradeRequest.to(uri).headers(feed.connection()),
                    feed.connection(),
                    List.of(messages));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertClean(Termination end) {
        assertThat(end.reason()).startsWith("the server ").doesNotContain(SECRETS);
        assertThat(ExceptionUtils.stringifyException(end.cause())).doesNotContain(SECRETS);
    }
}

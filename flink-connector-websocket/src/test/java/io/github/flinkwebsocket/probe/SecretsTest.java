package io.github.flinkwebsocket.probe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is taken for a secret, and what is not. */
class SecretsTest {

    private final Secrets secrets = new Secrets();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://stream.example:9443/stream?streams=btcusdt@trade/ethusdt@trade",
                "wss://feed.example/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit",
                "ws://loki:3100/loki/api/v1/tail?query=%7Bapp%3D%22x%22%7D&limit=100",
                "wss://a.example/ws|wss://b.example/ws"
            })
    void leavesAUrlWithoutSecretsAsItIs(String url) {
        assertThat(secrets.url(url)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://me:pw12@feed.example/, wss://<secret>@feed.example/",
        "wss://feed.example/?access_token=abcd&x=1, wss://feed.example/?access_token=<secret>&x=1",
        "wss://feed.example/v3/0123456789abcdef0123456789abcdef, wss://feed.example/v3/<secret>",
        "wss://feed.example/?x=123e4567-e89b-12d3-a456-426614174000, wss://feed.example/?x=<secret>",
        "wss://feed.example?0123456789abcdef01234567, wss://feed.example?<secret>",
        "wss://a.example/?key=k111|wss://b.example/?key=k222,"
                + " wss://a.example/?key=<secret>|wss://b.example/?key=<secret>",
        "nonsense, <secret>"
    })
    void hidesTheSecretPartsOfAUrl(String url, String shown) {
        assertThat(secrets.url(url)).isEqualTo(shown);
    }

    @Test
    void hidesWhatWasFoundWhereverItTurnsUpLater() {
        secrets.url("wss://me:pass%20word@feed.example/?token=a%2Fbcd");
        secrets.option("http-headers", "X-Key:kkkk,Cookie:cccc");
        assertThat(secrets.redact("a/bcd a%2Fbcd kkkk cccc pass%20word other"))
                .isEqualTo("<secret> <secret> <secret> <secret> <secret> other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"subscribe\",\"args\":[\"trades\"]}",
                "{\"method\": \"SUBSCRIBE\", \"params\":[\"btcusdt@aggTrade\"], \"id\": 1}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"public/subscribe\",\"params\":{\"channels\":[\"trades.BTC-PERPETUAL.100ms\"]}}",
                "{\"params\":[\"logs\",{\"address\":\"0x8320fe7702b96808f7bbc0d4a888ed1468216cfd\"}]}",
                "ping",
                "[1,2]"
            })
    void leavesAMessageWithoutSecretsAsItIs(String message) {
        assertThat(secrets.message(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"auth\",\"key\":\"K\",\"secret\":\"S\"}"
                        + "|{\"action\":\"auth\",\"key\":\"<secret>\",\"secret\":\"<secret>\"}",
                "{\"op\":\"login\",\"args\":[{\"apiKey\":\"k\",\"sign\":\"s\"}]}"
                        + "|{\"op\":\"login\",\"args\":\"<secret>\"}",
                "{\"op\":\"auth\",\"args\":[\"key\",1772000000,\"abc\"]}"
                        + "|{\"op\":\"auth\",\"args\":\"<secret>\"}",
                "{\"id\":1,\"connect\":{\"token\":\"JWT\"}}|{\"id\":1,\"connect\":{\"token\":\"<secret>\"}}",
                "{\"x\":\"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30\"}|{\"x\":\"<secret>\"}",
                "{\"password\":12345}|{\"password\":\"<secret>\"}",
                "CONNECT login:me passcode: abc def|CONNECT login:me passcode: <secret>",
                "PASS oauth:abc|PASS <secret>"
            })
    void hidesTheSecretPartsOfAMessage(String message, String shown) {
        assertThat(secrets.message(message)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth.token",
                "auth.password",
                "auth.oauth2.client-secret",
                "proxy.password",
                "tls.ca-password",
                "tls.key-password",
                "http-headers.Cookie",
                "http-headers",
                "initial-open-messages"
            })
    void hidesOptionsThatAreSecret(String key) {
        assertThat(secrets.option(key, "abcd")).isEqualTo("<secret>");
        assertThat(secrets.redact("abcd")).isEqualTo("<secret>");
    }

    @ParameterizedTest
    @CsvSource({
        "auth.token-env, FEED_TOKEN",
        "auth.token-file, /run/secrets/token",
        "auth.header, X-API-Key",
        "auth.username, me",
        "http-headers.origin, https://me.example",
        "proxy.url, http://proxy.example:3128",
        "id, trades"
    })
    void showsOptionsThatAreNot(String key, String value) {
        assertThat(secrets.option(key, value)).isEqualTo(value);
    }

    @Test
    void hidesTheSecretPartsOfOptionsThatAreUrls() {
        assertThat(secrets.option("initial-url", "wss://feed.example/?sig=abcd"))
                .isEqualTo("wss://feed.example/?sig=<secret>");
    }
}

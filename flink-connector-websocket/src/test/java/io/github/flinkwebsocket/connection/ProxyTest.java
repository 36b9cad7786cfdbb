package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.ProxySettings;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Certificates;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.ForwardProxy;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections through a proxy of either kind. */
@Timeout(60)
class ProxyTest {

    @Test
    void goesThroughTheProxyWithoutCredentials() throws Exception {
        for (ForwardProxy proxy : List.of(ForwardProxy.http(null), ForwardProxy.socks(null))) {
            assertReadsThrough(proxy, options -> {});
        }
    }

    @Test
    void goesThroughTheProxyWithCredentials() throws Exception {
        for (ForwardProxy proxy :
                List.of(ForwardProxy.http("me:s3cret"), ForwardProxy.socks("me:s3cret"))) {
            assertReadsThrough(
                    proxy,
                    options -> {
                        options.set(WebSocketOptions.PROXY_USERNAME, "me");
                        options.set(WebSocketOptions.PROXY_PASSWORD, "s3cret");
                    });
        }
    }

    @Test
    void speaksTlsThroughTheProxy(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates(folder);
        try (ForwardProxy proxy = ForwardProxy.http(null);
                ScriptedServer server =
                        ScriptedServer.startTls(
                                certificates.context(certificates.serverIdentity()),
                                false,
                                peer -> peer.accept().sendText("through").awaitEnd());
                Link link =
                        Link.to(
                                server,
                                options -> {
                                    options.set(WebSocketOptions.PROXY_URL, proxy.url());
                                    options.setString(
                                            "tls.ca-file", certificates.caPem().toString());
                                })) {
            link.listener.awaitMessages(1);
            assertThat(proxy.targets()).containsExactly("127.0.0.1:" + server.port());
        }
    }

    @Test
    void leavesTheNameOfTheServerToTheProxy() throws Exception {
        for (ForwardProxy proxy : List.of(ForwardProxy.http(null), ForwardProxy.socks(null))) {
            try (proxy;
                    Link link =
                            Link.to(
                                    "ws://no-such-host.invalid/",
                                    new RecordingListener(),
                                    options ->
                                            options.set(WebSocketOptions.PROXY_URL, proxy.url()))) {
                link.awaitEnd();
                assertThat(proxy.targets()).containsExactly("no-such-host.invalid:80");
            }
        }
    }

    /** RFC 1928, section 4: 1 for IPv4, 3 for a name, 4 for IPv6. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 1", "feed.example, 3", "[::1], 4"})
    void namesAnAddressToSocksAsWhatItIs(String host, int type) throws Exception {
        try (ForwardProxy proxy = ForwardProxy.socks(null);
                Link link =
                        Link.to(
                                "ws://" + host + ":1/",
                                new RecordingListener(),
                                options -> options.set(WebSocketOptions.PROXY_URL, proxy.url()))) {
            link.awaitEnd();
            assertThat(proxy.addressTypes()).containsExactly(type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1]:3128", "socks5://my_proxy:1080", "http://proxy:3128/"})
    void mayHaveAnAddressOrAnyName(String url) {
        ProxySettings proxy =
                Feeds.of("ws://feed.example/", o -> o.set(WebSocketOptions.PROXY_URL, url))
                        .connection()
                        .proxy();
        assertThat(url).contains("//" + proxy.host() + ":" + proxy.port());
    }

    @Test
    void saysWhyTheProxyRefused() throws Exception {
        assertFails(
                ForwardProxy.http("me:s3cret"),
                options -> {},
                "refused with status 407 Proxy Authentication Required");
        assertFails(ForwardProxy.socks("me:s3cret"), options -> {}, "wants authentication");
        assertFails(
                ForwardProxy.socks("me:s3cret"),
                options -> {
                    options.set(WebSocketOptions.PROXY_USERNAME, "me");
                    options.set(WebSocketOptions.PROXY_PASSWORD, "wr0ng");
                },
                "refused user name and password");
    }

    @Test
    void interimAnswersOfTheProxyAreSkipped() throws Exception {
        try (ScriptedServer proxy =
                        ScriptedServer.start(
                                peer -> {
                                    peer.send(
                                            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b"
                                                            + "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
                                                    .getBytes(StandardCharsets.US_ASCII));
                                    peer.readRequest();
                                    peer.accept().sendText("through").awaitEnd();
                                });
                Link link =
                        Link.to(
                                "ws://feed.example/",
                                new RecordingListener(),
                                options ->
                                        options.set(
                                                WebSocketOptions.PROXY_URL,
                                                "http://127.0.0.1:" + proxy.port()))) {
            link.listener.awaitMessages(1);
            assertThat(link.listener.texts()).containsExactly("through");
        }
    }

    @Test
    void attemptCanBeBrokenOffWhileTheProxyIsSilent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer silent =
                        ScriptedServer.start(
                                peer -> {
                                    asked.countDown();
                                    peer.awaitEof();
                                });
                Link link =
                        Link.to(
                                "ws://feed.example/",
                                new RecordingListener(),
                                options ->
                                        options.set(
                                                WebSocketOptions.PROXY_URL,
                                                "http://127.0.0.1:" + silent.port()))) {
            asked.await();
            link.connection.abort(new SocketTimeoutException("too slow"));
            assertThat(link.awaitEnd().reason()).isEqualTo("too slow");
        }
    }

    @Test
    void saysThatTheProxySpeaksSomethingElse() throws Exception {
        try (ScriptedServer noProxy =
                        ScriptedServer.start(
                                peer ->
                                        peer.send(
                                                "SSH-2.0\r\n\r\n"
                                                        .getBytes(StandardCharsets.UTF_8)));
                Link link =
                        Link.to(
                                "ws://feed.example/",
                                new RecordingListener(),
                                options ->
                                        options.set(
                                                WebSocketOptions.PROXY_URL,
                                                "http://127.0.0.1:" + noProxy.port()))) {
            assertThat(link.awaitEnd().reason()).contains("did not answer with HTTP");
        }
    }

    private static void assertReadsThrough(ForwardProxy proxy, Consumer<Configuration> options)
            throws Exception {
        try (proxy;
                ScriptedServer server = ScriptedServer.sending(Frame.text("through"));
                Link link =
                        Link.to(
                                server,
                                options.andThen(
                                        o -> o.set(WebSocketOptions.PROXY_URL, proxy.url())))) {
            link.listener.awaitMessages(1);
            assertThat(proxy.targets()).containsExactly("127.0.0.1:" + server.port());
        }
    }

    private static void assertFails(
            ForwardProxy proxy, Consumer<Configuration> options, String reason) throws Exception {
        try (proxy;
                Link link =
                        Link.to(
                                "ws://feed.example/",
                                new RecordingListener(),
                                options.andThen(
                                        o -> o.set(WebSocketOptions.PROXY_URL, proxy.url())))) {
            assertThat(link.awaitEnd().reason())
                    .contains(reason)
                    .doesNotContain("s3cret")
                    .doesNotContain("wr0ng");
        }
    }
}

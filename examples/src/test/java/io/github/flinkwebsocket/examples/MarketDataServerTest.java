package io.github.flinkwebsocket.examples;

import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a client hears from the server. */
@Timeout(60)
class MarketDataServerTest {

    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"symbols\":[\"A\",\"C\"]}";
    private static final Duration FAST = Duration.ofMillis(1);

    @Test
    void sendsTheTicksOfTheSymbolsSubscribedToAndClosesAfterTheLast() throws Exception {
        Iterator<Tick> ticks = List.of(tick("A"), tick("B"), tick("C")).iterator();
        try (MarketDataServer server = new MarketDataServer(ticks, FAST)) {
            BlockingQueue<String> heard = listen(server, SUBSCRIBE);

            assertThat(heard.take()).isEqualTo(tick("A").toJson());
            assertThat(heard.take()).isEqualTo(tick("C").toJson());
            assertThat(heard.take()).isEqualTo("closed 1000");
        }
    }

    @Test
    void sendsAQuoteForEveryTickWhereOneAsksForQuotes() throws Exception {
        try (MarketDataServer server = new MarketDataServer(List.of(tick("A")).iterator(), FAST)) {
            BlockingQueue<String> heard = listen(server.quotesUrl(), SUBSCRIBE);

            assertThat(heard.take()).isEqualTo(Quote.after(tick("A")).toJson());
            assertThat(heard.take()).isEqualTo("closed 1000");
        }
    }

    @Test
    void sendsNothingBeforeEveryExpectedClientHasSubscribed() throws Exception {
        try (MarketDataServer server =
                new MarketDataServer(List.of(tick("A")).iterator(), FAST).waitFor(2)) {
            BlockingQueue<String> first = listen(server, SUBSCRIBE);
            BlockingQueue<String> second = listen(server, SUBSCRIBE);

            assertThat(first.take()).isEqualTo(tick("A").toJson());
            assertThat(second.take()).isEqualTo(tick("A").toJson());
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () ->
                                    new MarketDataServer(
                                            List.<Tick>of().iterator(), FAST, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("can't listen on port " + taken.getLocalPort());
        }
    }

    @Test
    void sqlForTheUsualPortCanReadFromAnyServer() throws Exception {
        try (MarketDataServer server = new MarketDataServer(List.<Tick>of().iterator(), FAST)) {
            assertThat(server.readFromHere("a 'ws://127.0.0.1:8765/ticks' b"))
                    .isEqualTo("a '" + server.url() + "' b");
        }
    }

    @Test
    void writesATickAsJson() {
        assertThat(new Tick("A", new BigDecimal("1.50"), BigDecimal.TEN, 7).toJson())
                .isEqualTo("{\"symbol\":\"A\",\"price\":\"1.50\",\"quantity\":10,\"time\":7}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{\"op\":\"subscribe\",\"symbols\":[]}",
                "{\"op\":\"leave\",\"symbols\":[\"A\"]}"
            })
    void throwsOutWhoSaysAnythingButASubscription(String message) throws Exception {
        try (MarketDataServer server = new MarketDataServer(new RandomWalk(() -> 0, 1), FAST)) {
            assertThat(listen(server, message).take()).isEqualTo("closed 1008");
        }
    }

    @Test
    void interruptsWithACloseFrameFirstAndWithoutOneThen() throws Exception {
        try (MarketDataServer server =
                new MarketDataServer(List.of(tick("B")).iterator(), Duration.ofHours(1))
                        .interruptAfter(FAST, FAST)) {
            assertThat(listen(server, SUBSCRIBE).take()).isEqualTo("closed 1001");
            assertThat(listen(server, SUBSCRIBE).take()).isEqualTo("closed 1006");
        }
    }

    private static Tick tick(String symbol) {
        return new Tick(symbol, BigDecimal.ONE, BigDecimal.ONE, 1);
    }

    /** Connects and says something; gives what comes back, and how it ends. */
    private static BlockingQueue<String> listen(MarketDataServer server, String message) {
        return listen(server.url(), message);
    }

    private static BlockingQueue<String> listen(String url, String message) {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        new WebSocketClient(URI.create(url)) {
            @Override
            public void onOpen(ServerHandshake handshake) {
                send(message);
            }

            @Override
            public void onMessage(String text) {
                heard.add(text);
            }

            @Override
            public void onClose(int code, String reason, boolean remote) {
                heard.add("closed " + code);
            }

            @Override
            public void onError(Exception error) {
                heard.add(error.toString());
            }
        }.connect();
        return heard;
    }
}

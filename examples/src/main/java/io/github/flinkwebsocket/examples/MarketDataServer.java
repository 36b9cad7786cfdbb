package io.github.flinkwebsocket.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small exchange on 127.0.0.1: waits for a subscription, then sends ticks at a steady rate, or a
 * quote after each tick, pings its clients, and now and then throws them out, as real ones do. When
 * it runs out of ticks it closes every connection with code 1000.
 *
 * <p>A subscription reads <code>{"op":"subscribe","symbols":["BTC-USD"]}</code>; anything else is
 * answered with close code 1008.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the ticker's tasks
public final class MarketDataServer implements AutoCloseable {

    /** Where the SQL of the examples expects it. */
    static final int USUAL_PORT = 8765;

    private static final String HOST = "127.0.0.1";
    private static final String TICKS = "/ticks";
    private static final String QUOTES = "/quotes";
    private static final int PING_SECONDS = 5;

    private final Iterator<Tick> ticks;
    private final Endpoint endpoint;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "market-data-ticker");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    private volatile int subscribersNeeded = 1;
    private volatile Duration nextInterruption;
    private volatile Duration laterInterruptions;

    /** Whether the next interruption is a cut, without a close frame. Ticker thread. */
    private boolean cut;

    /** Starts a server that interrupts nobody, on a free port. */
    public MarketDataServer(Iterator<Tick> ticks, Duration interval) throws IOException {
        this(ticks, interval, 0);
    }

    /** Starts a server that interrupts nobody. */
    public MarketDataServer(Iterator<Tick> ticks, Duration interval, int port) throws IOException {
        this.ticks = ticks;
        endpoint = new Endpoint(port);
        endpoint.setReuseAddr(true);
        endpoint.setConnectionLostTimeout(PING_SECONDS);
        endpoint.setDaemon(true);
        endpoint.start();
        try {
            started.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "the market data server can't listen on port "
                            + port
                            + ": "
                            + e.getCause().getMessage());
        } catch (InterruptedException | TimeoutException e) {
            throw new IOException("The market data server did not start.", e);
        }
        ticker.scheduleAtFixedRate(
                this::sendTick, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Ends connections so long after they subscribed, by turns with a close frame and without.
     *
     * @param first how old the first connection gets
     * @param others how old all others get
     */
    public MarketDataServer interruptAfter(Duration first, Duration others) {
        nextInterruption = first;
        laterInterruptions = others;
        return this;
    }

    /** Sends nothing before so many clients have subscribed. */
    MarketDataServer waitFor(int clients) {
        subscribersNeeded = clients;
        return this;
    }

    /** Where to connect for ticks. */
    public String url() {
        return address(endpoint.getPort()) + TICKS;
    }

    /** Where to connect for quotes. */
    public String quotesUrl() {
        return address(endpoint.getPort()) + QUOTES;
    }

    /** A text of SQL that reads from the usual port, changed to read from this server. */
    String readFromHere(String sql) {
        return sql.replace(address(USUAL_PORT) + "/", address(endpoint.getPort()) + "/");
    }

    private static String address(int port) {
        return "ws://" + HOST + ":" + port;
    }

    /** Draws a tick only if somebody listens. Ticker thread. */
    private void sendTick() {
        long subscribers =
                endpoint.getConnections().stream().filter(c -> c.getAttachment() != null).count();
        if (subscribers < subscribersNeeded) {
            return;
        }
        if (!ticks.hasNext()) {
            endpoint.getConnections().forEach(c -> c.close(CloseFrame.NORMAL, "no more ticks"));
            return;
        }
        Tick tick = ticks.next();
        for (WebSocket client : endpoint.getConnections()) {
            Set<String> symbols = client.getAttachment();
            if (client.isOpen() && symbols != null && symbols.contains(tick.symbol)) {
                client.send(
                        client.getResourceDescriptor().equals(QUOTES)
                                ? Quote.after(tick).toJson()
                                : tick.toJson());
            }
        }
    }

    /** Ticker thread. */
    private void interrupt(WebSocket client) {
        if (cut) {
            client.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
        } else {
            client.close(CloseFrame.GOING_AWAY, "the server restarts");
        }
        cut = !cut;
    }

    @Override
    public void close() throws InterruptedException {
        ticker.shutdownNow();
        endpoint.stop(1000);
    }

    /** The WebSocket side; called by the library's threads. */
    private final class Endpoint extends WebSocketServer {

        Endpoint(int port) {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        }

        @Override
        public void onStart() {
            started.complete(null);
        }

        @Override
        public void onOpen(WebSocket client, ClientHandshake handshake) {}

        @Override
        public void onMessage(WebSocket client, String message) {
            Set<String> symbols = symbols(message);
            if (symbols.isEmpty()) {
                client.close(CloseFrame.POLICY_VALIDATION, "subscribe first");
                return;
            }
            client.setAttachment(symbols);
            Duration age = nextInterruption;
            if (age != null) {
                nextInterruption = laterInterruptions;
                ticker.schedule(() -> interrupt(client), age.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void onClose(WebSocket client, int code, String reason, boolean remote) {}

        @Override
        public void onError(WebSocket client, Exception error) {
            started.completeExceptionally(error);
        }
    }

    /** What a subscription names; empty if it is none. */
    private static Set<String> symbols(String message) {
        Set<String> symbols = new HashSet<>();
        boolean subscribe = false;
        try (JsonParser json = new JsonFactory().createParser(message)) {
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.VALUE_STRING) {
                    continue;
                }
                if (json.getParsingContext().inArray()) {
                    symbols.add(json.getText());
                } else if ("op".equals(json.currentName())) {
                    subscribe = "subscribe".equals(json.getText());
                }
            }
        } catch (IOException e) {
            return Set.of();
        }
        return subscribe ? symbols : Set.of();
    }
}

package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.connection.ConnectionListener;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.connection.WebSocketConnection;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.MessageBatch;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.configuration.MemorySize;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A program that connects to a server and sends every message back until the server closes; for
 * test suites that want to see a client do so. Its status is 0 if the server ended the connection,
 * 1 if anything else did.
 */
public final class EchoClient implements ConnectionListener {

    private final CompletableFuture<Termination> end = new CompletableFuture<>();

    private EchoClient() {}

    /**
     * @param args the URL, and the name to give as User-Agent
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("Usage: EchoClient <url> <agent>");
            System.exit(2);
        }
        Termination termination = run(args[0], args[1]);
        System.out.println(termination.code() + " " + termination.reason());
        System.exit(termination.isRemote() ? 0 : 1);
    }

    /** Echoes until the connection has ended. */
    public static Termination run(String url, String agent) throws Exception {
        Feed feed =
                Feeds.of(
                        url,
                        options -> {
                            options.set(WebSocketOptions.PERMESSAGE_DEFLATE, true);
                            options.set(
                                    WebSocketOptions.MAX_MESSAGE_SIZE, MemorySize.ofMebiBytes(64));
                            options.set(WebSocketOptions.HTTP_HEADERS, Map.of("User-Agent", agent));
                        });
        EchoClient client = new EchoClient();
        new WebSocketConnection(
                        Messages.CONNECTION,
                        UpgradeRequest.to(URI.create(url)),
                        feed.connection(),
                        List.of(),
                        client)
                .start();
        return client.end.get();
    }

    @Override
    public void onOpen(WebSocketConnection connection) {}

    @Override
    public void onMessages(WebSocketConnection connection, MessageBatch batch) {
        for (WebSocketMessage m = batch.pollFirst(); m != null; m = batch.pollFirst()) {
            if (m.isText()) {
                connection.send(m.getText());
            } else {
                connection.send(m.getPayload());
            }
        }
    }

    @Override
    public void onEnd(WebSocketConnection connection, Termination termination) {
        end.complete(termination);
    }
}

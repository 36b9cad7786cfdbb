package io.github.flinkwebsocket.benchmarks;

import io.github.flinkwebsocket.connection.ConnectionListener;
import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRequest;
import io.github.flinkwebsocket.connection.WebSocketConnection;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.ConnectionInfo;
import io.github.flinkwebsocket.message.MessageBatch;

import org.apache.flink.configuration.Configuration;

import java.net.URI;
import java.util.List;

/** The connector's connection without Flink: batches of checked messages, counted. */
final class OwnConnection implements Receiver, ConnectionListener {

    @Override
    public void receive(URI uri) {
        Configuration config = new Configuration();
        config.set(WebSocketOptions.URL, List.of(uri.toString()));
        new WebSocketConnection(
                        ConnectionInfo.of("feed", "split", 1, uri.toString(), uri.getHost()),
                        UpgradeRequest.to(uri),
                        Feed.of(config).connection(),
                        List.of(),
                        this)
                .start();
    }

    @Override
    public void onOpen(WebSocketConnection connection) {}

    @Override
    public void onMessages(WebSocketConnection connection, MessageBatch batch) {
        Counter.add(batch.size());
    }

    @Override
    public void onEnd(WebSocketConnection connection, Termination termination) {
        System.err.println("our connection ended: " + termination.reason());
    }
}

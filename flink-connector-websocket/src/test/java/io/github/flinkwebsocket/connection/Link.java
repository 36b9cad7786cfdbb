package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.Messages;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;
import io.github.flinkwebsocket.testing.Threads;

import org.apache.flink.configuration.Configuration;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** A connection under test with its listener; leaves nothing behind when closed. */
public final class Link implements AutoCloseable {

    public final RecordingListener listener;
    public final WebSocketConnection connection;

    private Link(String url, RecordingListener listener, Consumer<Configuration> options) {
        Feed feed = Feeds.of(url, options);
        this.listener = listener;
        this.connection =
                new WebSocketConnection(
                        Messages.CONNECTION,
                        UpgradeRequest.to(URI.create(url)),
                        feed.connection(),
                        List.of(),
                        listener);
    }

    static Link to(ScriptedServer server) {
        return to(server, new RecordingListener());
    }

    static Link to(ScriptedServer server, RecordingListener listener) {
        return to(server.url("/"), listener, options -> {});
    }

    public static Link to(ScriptedServer server, Consumer<Configuration> options) {
        return to(server.url("/"), new RecordingListener(), options);
    }

    public static Link to(String url, RecordingListener listener, Consumer<Configuration> options) {
        Link link = new Link(url, listener, options);
        link.connection.start();
        return link;
    }

    static Link abortedBeforeStart(ScriptedServer server, Exception cause) {
        Link link = new Link(server.url("/"), new RecordingListener(), options -> {});
        link.connection.abort(cause);
        link.connection.start();
        return link;
    }

    /** Waits for the end by itself. */
    public Termination awaitEnd() throws InterruptedException {
        return listener.awaitEnd();
    }

    @Override
    public void close() throws InterruptedException {
        connection.abort(new InterruptedException("the test is over"));
        listener.awaitEnd();
        Threads.awaitNoneOfConnections();
        if (listener.ends() != 1) {
            throw new AssertionError("onEnd was called " + listener.ends() + " times.");
        }
    }
}

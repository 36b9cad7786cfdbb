package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.message.pipeline.MessagePipeline;
import io.github.flinkwebsocket.message.pipeline.PartHandler;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the connector itself makes of captured messages with certain options, so that what is
 * proposed is what will happen. Any thread.
 */
@Internal
final class Trial implements PartHandler {

    private final List<WebSocketMessage> parts = new ArrayList<>();
    private int controls;
    private int failures;
    @Nullable private WebSocketMessage firstFailure;

    private Trial() {}

    /** Runs the steps that the options ask for. */
    static Trial run(ReadableConfig options, List<WebSocketMessage> messages) {
        Trial trial = new Trial();
        MessagePipeline pipeline = new MessagePipeline(Feed.of(options).messages(), null);
        try {
            for (WebSocketMessage message : messages) {
                pipeline.process(message, trial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trial;
    }

    @Override
    public void part(WebSocketMessage part) {
        parts.add(part);
    }

    @Override
    public void failed(WebSocketMessage part, Exception error) {
        failures++;
        firstFailure = firstFailure == null ? part : firstFailure;
    }

    @Override
    public void positionFailed(WebSocketMessage frame, Exception error) {
        failed(frame, error);
    }

    @Override
    public void withoutEventTime() {}

    @Override
    public void control() {
        controls++;
    }

    /** What would be decoded. */
    List<WebSocketMessage> parts() {
        return parts;
    }

    /** How many frames have no record. */
    int controls() {
        return controls;
    }

    /** How often a step could not read what it was given. */
    int failures() {
        return failures;
    }

    /** What could not be read first; null if there is nothing. */
    @Nullable
    WebSocketMessage firstFailure() {
        return firstFailure;
    }
}

package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.message.pipeline.MessagePipeline;
import io.github.flinkwebsocket.message.pipeline.PartHandler;
import io.github.flinkwebsocket.position.PositionExtractor;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A pipeline with some options, and what comes out of it. */
public final class Parts implements PartHandler {

    private final Configuration options = new Configuration();
    private PositionExtractor extractor;
    private MessagePipeline pipeline;

    /** The texts of the parts, in order. */
    public final List<String> texts = new ArrayList<>();

    public final List<WebSocketMessage> parts = new ArrayList<>();
    public final List<String> failures = new ArrayList<>();
    public final List<Long> failedTimes = new ArrayList<>();
    public int controls;
    public int withoutEventTime;
    public String position;

    /** Sets an option; only before the first message. */
    public <T> Parts with(ConfigOption<T> option, T value) {
        options.set(option, value);
        return this;
    }

    public Parts positionAt(String pointer) {
        extractor = PositionExtractor.jsonPointer(pointer);
        return this;
    }

    /** Sends a text message through the pipeline. */
    public Parts text(String text) {
        return message(Messages.text(text));
    }

    /** Sends a binary message through the pipeline. */
    public Parts binary(byte[] payload) {
        return message(Messages.binary(payload));
    }

    private Parts message(WebSocketMessage message) {
        if (pipeline == null) {
            pipeline =
                    new MessagePipeline(
                            Feeds.of("ws://feed.example", o -> o.addAll(options)).messages(),
                            extractor);
        }
        try {
            position = pipeline.process(message, this);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** The event times of the parts. */
    public List<Long> times() {
        List<Long> times = new ArrayList<>();
        parts.forEach(part -> times.add(part.getTimestamp()));
        return times;
    }

    /** A pipeline that takes these records. */
    public static Parts ofRecords(String pointer) {
        return new Parts().with(WebSocketOptions.MESSAGE_RECORD, pointer);
    }

    @Override
    public void part(WebSocketMessage part) {
        parts.add(part);
        texts.add(part.getText());
    }

    @Override
    public void failed(WebSocketMessage part, Exception error) {
        failedTimes.add(part.getTimestamp());
        failures.add(
                new String(part.getPayload(), StandardCharsets.UTF_8) + ": " + error.getMessage());
    }

    @Override
    public void positionFailed(WebSocketMessage frame, Exception error) {
        failed(frame, error);
    }

    @Override
    public void withoutEventTime() {
        withoutEventTime++;
    }

    @Override
    public void control() {
        controls++;
    }
}

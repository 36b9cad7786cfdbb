package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageSettings;
import io.github.flinkwebsocket.feed.RecordPath;
import io.github.flinkwebsocket.message.MessagePart;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.position.PositionExtractor;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * What happens to a message before it is decoded: decompress, cut into frames, read the position,
 * select records, unwrap them, find their event time. A step that the feed does not ask for is null
 * and costs nothing. Each step's failure concerns only what that step was reading. Task thread.
 */
@Internal
public final class MessagePipeline {

    @Nullable private final Decompressor decompressor;
    @Nullable private final Framer framer;
    @Nullable private final PositionExtractor extractor;
    @Nullable private final RecordSelector selector;
    @Nullable private final Unwrapper unwrapper;

    /** Finds the event time in what was unwrapped. */
    @Nullable private final RecordSelector unwrappedTime;

    /**
     * @param extractor reads the position of every frame; null for none
     */
    public MessagePipeline(MessageSettings settings, @Nullable PositionExtractor extractor) {
        this.extractor = extractor;
        decompressor = Decompressor.of(settings.compression(), settings.maxSize());
        framer = Framer.of(settings);
        unwrapper = Unwrapper.of(settings.unwrapping());
        RecordPath record = settings.recordOrRoot();
        RecordPath time = settings.eventTime();
        boolean timeIsUnwrapped =
                time != null && unwrapper != null && time.commonLength(record) == record.length();
        RecordPath timeOfSelector = timeIsUnwrapped ? null : time;
        EventTimeParser parser = new EventTimeParser(settings.eventTimeFormat());
        selector =
                settings.record() == null && timeOfSelector == null
                        ? null
                        : new RecordSelector(record, timeOfSelector, parser);
        unwrappedTime =
                timeIsUnwrapped
                        ? new RecordSelector(RecordPath.ROOT, time.from(record.length()), parser)
                        : null;
    }

    /**
     * Hands on the parts of one message, in order.
     *
     * @return the position of its last frame that has one, or null
     * @throws IOException what the handler threw
     */
    @Nullable
    public String process(WebSocketMessage message, PartHandler handler) throws IOException {
        WebSocketMessage plain = message;
        if (decompressor != null && !message.isText()) {
            try {
                plain = MessagePart.of(message, decompressor.decompress(message.getPayload()));
            } catch (IOException | RuntimeException e) {
                handler.failed(message, e);
                return null;
            }
        }
        return framer == null ? frame(plain, handler) : frames(plain, handler);
    }

    @Nullable
    private String frames(WebSocketMessage message, PartHandler handler) throws IOException {
        String position = null;
        framer.reset(message);
        while (true) {
            WebSocketMessage frame;
            try {
                frame = framer.next();
            } catch (IOException | RuntimeException e) {
                handler.failed(message, e);
                return position;
            }
            if (frame == null) {
                return position;
            }
            String next = frame(frame, handler);
            position = next == null ? position : next;
        }
    }

    @Nullable
    private String frame(WebSocketMessage frame, PartHandler handler) throws IOException {
        String position = null;
        Exception failure = null;
        if (extractor != null) {
            try {
                position = extractor.extract(frame);
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }
        WebSocketMessage known =
                position == null ? frame : MessagePart.withPosition(frame, position);
        if (selector == null) {
            unwrap(known, handler);
        } else {
            select(known, handler);
        }
        if (failure != null) {
            handler.positionFailed(frame, failure);
        }
        return position;
    }

    private void select(WebSocketMessage frame, PartHandler handler) throws IOException {
        selector.read(frame.getPayload());
        for (int i = 0; i < selector.count(); i++) {
            WebSocketMessage record = part(frame, selector.record(i));
            if (selector.hasTime(i)) {
                try {
                    record = MessagePart.withTimestamp(record, selector.time(i));
                } catch (IOException e) {
                    handler.failed(record, e);
                    continue;
                }
            }
            unwrap(record, handler);
        }
        if (selector.failure() != null) {
            handler.failed(frame, selector.failure());
        } else if (selector.count() == 0) {
            handler.control();
        }
    }

    private void unwrap(WebSocketMessage record, PartHandler handler) throws IOException {
        WebSocketMessage part = record;
        if (unwrapper != null) {
            try {
                part = MessagePart.of(record, unwrapper.unwrap(record.getPayload()));
                if (unwrappedTime != null) {
                    part = withUnwrappedTime(part);
                }
            } catch (IOException | RuntimeException e) {
                handler.failed(record, e);
                return;
            }
        }
        handler.part(part);
    }

    private WebSocketMessage withUnwrappedTime(WebSocketMessage part) throws IOException {
        unwrappedTime.read(part.getPayload());
        if (unwrappedTime.failure() != null) {
            throw unwrappedTime.failure();
        }
        return unwrappedTime.count() == 1 && unwrappedTime.hasTime(0)
                ? MessagePart.withTimestamp(part, unwrappedTime.time(0))
                : part;
    }

    private static WebSocketMessage part(WebSocketMessage of, byte[] payload) {
        return payload == of.getPayload() ? of : MessagePart.of(of, payload);
    }
}

package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageSettings;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.RecordPath;
import io.github.flinkwebsocket.json.JsonScanner;
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
    @Nullable private final EventTimes times;

    /** Finds the event time in what was unwrapped. */
    @Nullable private final RecordSelector unwrappedTime;

    /** Whether a frame of blanks is none: what reads it, reads JSON or Base64. */
    private final boolean blankIsNone;

    /** Whether the binary data of text messages, which is in Base64, is compressed. */
    private final boolean unwrappedIsCompressed;

    /**
     * @param extractor reads the position of every frame; null for none
     */
    public MessagePipeline(MessageSettings settings, @Nullable PositionExtractor extractor) {
        this.extractor = extractor;
        decompressor = Decompressor.of(settings.compression(), settings.maxSize());
        framer = Framer.of(settings);
        unwrapper = Unwrapper.of(settings.unwrapping(), settings.maxSize());
        times = EventTimes.of(settings);
        RecordPath record = settings.recordOrRoot();
        RecordPath time = settings.eventTime();
        boolean timeIsUnwrapped = settings.isEventTimeUnwrapped();
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
        blankIsNone = selector != null || unwrapper != null;
        unwrappedIsCompressed =
                decompressor != null && settings.unwrapping() == MessageUnwrapping.BASE64;
    }

    /**
     * Turns to the split of the next message.
     *
     * @param eventTime what {@link #lastEventTime} was after the last message of this split; {@link
     *     WebSocketMessage#NO_EVENT_TIME} before its first
     */
    public void startAt(long eventTime) {
        if (times != null) {
            times.reset(eventTime);
        }
    }

    /** The event time of the last record that had one, in the messages since {@link #startAt}. */
    public long lastEventTime() {
        return times == null ? WebSocketMessage.NO_EVENT_TIME : times.last();
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
                failed(message, e, handler);
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
                failed(message, e, handler);
                return position;
            }
            if (frame == null) {
                return position;
            }
            if (blankIsNone && JsonScanner.isBlank(frame.getPayload())) {
                continue;
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
            handler.positionFailed(times == null ? frame : times.ofFailed(frame), failure);
        }
        return position;
    }

    private void select(WebSocketMessage frame, PartHandler handler) throws IOException {
        selector.read(frame.getPayload());
        for (int i = 0; i < selector.count(); i++) {
            WebSocketMessage record = part(frame, selector.record(i));
            if (times != null && unwrappedTime == null) {
                try {
                    record = timed(record, selector, i, handler);
                } catch (IOException e) {
                    failed(record, e, handler);
                    continue;
                }
            }
            unwrap(record, handler);
        }
        if (selector.failure() != null) {
            failed(frame, selector.failure(), handler);
        } else if (selector.count() == 0) {
            handler.control();
        }
    }

    private void unwrap(WebSocketMessage record, PartHandler handler) throws IOException {
        WebSocketMessage part = record;
        if (unwrapper != null) {
            try {
                byte[] payload = unwrapper.unwrap(record.getPayload());
                if (unwrappedIsCompressed && record.isText()) {
                    payload = decompressor.decompress(payload);
                }
                part = MessagePart.of(record, payload);
                if (unwrappedTime != null) {
                    part = withUnwrappedTime(part, handler);
                }
            } catch (IOException | RuntimeException e) {
                failed(record, e, handler);
                return;
            }
        }
        handler.part(part);
    }

    private WebSocketMessage withUnwrappedTime(WebSocketMessage part, PartHandler handler)
            throws IOException {
        unwrappedTime.read(part.getPayload());
        if (unwrappedTime.failure() != null) {
            throw unwrappedTime.failure();
        }
        return unwrappedTime.count() == 1
                ? timed(part, unwrappedTime, 0, handler)
                : withoutTime(part, handler);
    }

    private WebSocketMessage timed(
            WebSocketMessage record, RecordSelector of, int index, PartHandler handler)
            throws IOException {
        return of.hasTime(index)
                ? times.with(record, of.time(index))
                : withoutTime(record, handler);
    }

    private WebSocketMessage withoutTime(WebSocketMessage record, PartHandler handler)
            throws IOException {
        WebSocketMessage part = times.without(record);
        handler.withoutEventTime();
        return part;
    }

    /** A part that has its time keeps it. */
    private void failed(WebSocketMessage part, Exception error, PartHandler handler)
            throws IOException {
        handler.failed(times == null ? part : times.ofFailed(part), error);
    }

    private static WebSocketMessage part(WebSocketMessage of, byte[] payload) {
        return payload == of.getPayload() ? of : MessagePart.of(of, payload);
    }
}

package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.MessageUnwrapping;
import io.github.flinkwebsocket.feed.RecordPath;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds out, step by step, how a table has to read a feed. What the user has set stays; every step
 * sees the messages as the connector will hand them to it. Used once; any thread.
 */
@Internal
public final class FeedAnalyzer {

    /** The options that a step may add. */
    private static final List<ConfigOption<?>> FOUND =
            List.of(
                    WebSocketOptions.MESSAGE_COMPRESSION,
                    WebSocketOptions.MESSAGE_FRAMING,
                    WebSocketOptions.MESSAGE_SEPARATOR,
                    WebSocketOptions.MESSAGE_RECORD,
                    WebSocketOptions.MESSAGE_UNWRAP,
                    WebSocketOptions.MESSAGE_EVENT_TIME,
                    WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT,
                    WebSocketOptions.ERROR_POLICY);

    private final Configuration given;
    private final Configuration options;
    private final List<WebSocketMessage> messages;
    private final FeedAnalysis analysis = new FeedAnalysis();

    private FeedAnalyzer(Configuration given, List<WebSocketMessage> messages) {
        this.given = given;
        this.options = new Configuration(given);
        this.messages = messages;
    }

    /**
     * @param given what the user has set, with a URL
     * @param messages at least one
     */
    public static FeedAnalysis analyze(Configuration given, List<WebSocketMessage> messages) {
        return new FeedAnalyzer(given, messages).analyze();
    }

    private FeedAnalysis analyze() {
        decompress();
        cut();
        List<WebSocketMessage> cut = Trial.run(withoutRecords(options), messages).parts();
        List<JsonNode> frames = json(cut);
        FrameKinds kinds = new FrameKinds(frames);
        analysis.controls.putAll(kinds.controls());
        selectRecords(kinds);
        boolean onlyControls = kinds.isOnlyControls() && frames.size() == cut.size();
        Predicate<WebSocketMessage> isData = frame -> onlyControls || !isControl(frame);
        List<WebSocketMessage> dataFrames = filter(cut, isData);
        List<WebSocketMessage> data = afterCut(options, dataFrames).parts();
        List<WebSocketMessage> controls = afterCut(options, filter(cut, isData.negate())).parts();
        analysis.records = data.size();
        boolean isJson = !frames.isEmpty() && readAsJson(data, controls);
        if (!isJson) {
            RawColumn.of(data, frames, options.contains(WebSocketOptions.MESSAGE_UNWRAP))
                    .addTo(analysis);
        }
        tellWithoutRecord(dataFrames);
        findEventTime(kinds.data(), filter(cut, FeedAnalyzer::isJson));
        findPosition(kinds.main());
        keepRunning(isJson, Trial.run(options, messages));
        analysis.onlyControls = isOpen(WebSocketOptions.MESSAGE_RECORD) && onlyControls;
        keepFound();
        return analysis;
    }

    private static List<JsonNode> json(List<WebSocketMessage> parts) {
        return parts.stream()
                .map(part -> JsonValues.readOne(part.getPayload()))
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
    }

    private static boolean isControl(WebSocketMessage frame) {
        JsonNode json = JsonValues.readOne(frame.getPayload());
        return json != null && ControlRule.sign(json) != null;
    }

    private static boolean isJson(WebSocketMessage frame) {
        return JsonValues.readOne(frame.getPayload()) != null;
    }

    private static List<WebSocketMessage> filter(
            List<WebSocketMessage> frames, Predicate<WebSocketMessage> which) {
        return frames.stream().filter(which).collect(Collectors.toList());
    }

    /** What the steps after framing make of frames. */
    private static Trial afterCut(Configuration options, List<WebSocketMessage> frames) {
        Configuration rest = new Configuration(options);
        rest.removeConfig(WebSocketOptions.MESSAGE_COMPRESSION);
        rest.removeConfig(WebSocketOptions.MESSAGE_FRAMING);
        rest.removeConfig(WebSocketOptions.MESSAGE_SEPARATOR);
        return Trial.run(rest, frames);
    }

    /** Feeds may have several kinds of data, of which the records are one. */
    private void tellWithoutRecord(List<WebSocketMessage> data) {
        if (!isOpen(WebSocketOptions.MESSAGE_RECORD)) {
            return;
        }
        List<WebSocketMessage> without =
                filter(data, frame -> afterCut(options, List.of(frame)).controls() > 0);
        if (!without.isEmpty()) {
            analysis.guesses.add(
                    (without.size() == 1
                                    ? "1 message that looks like data has no record there and gives"
                                            + " no row: "
                                    : without.size()
                                            + " messages that look like data have no record there and"
                                            + " give no rows, such as: ")
                            + SqlText.line(without.get(0).getText(), 100));
        }
    }

    private void keepFound() {
        Map<String, String> values = options.toMap();
        for (ConfigOption<?> option : FOUND) {
            if (isOpen(option) && values.containsKey(option.key())) {
                analysis.options.put(option.key(), values.get(option.key()));
            }
        }
    }

    private boolean isOpen(ConfigOption<?> option) {
        return !given.contains(option);
    }

    private void decompress() {
        if (isOpen(WebSocketOptions.MESSAGE_COMPRESSION)) {
            MessageCompression found = CompressionDetector.detect(withoutRecords(given), messages);
            if (found != MessageCompression.NONE) {
                options.set(WebSocketOptions.MESSAGE_COMPRESSION, found);
            }
        }
    }

    private void cut() {
        if (isOpen(WebSocketOptions.MESSAGE_FRAMING)) {
            FramingDetector.detect(options, Trial.run(withoutRecords(options), messages).parts());
        }
    }

    /** The same options without those of the steps after framing. */
    private static Configuration withoutRecords(Configuration options) {
        Configuration first = new Configuration(options);
        first.removeConfig(WebSocketOptions.MESSAGE_RECORD);
        first.removeConfig(WebSocketOptions.MESSAGE_UNWRAP);
        first.removeConfig(WebSocketOptions.MESSAGE_EVENT_TIME);
        first.removeConfig(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT);
        first.removeConfig(WebSocketOptions.MESSAGE_EVENT_TIME_ZONE);
        return first;
    }

    private void selectRecords(FrameKinds kinds) {
        if (!isOpen(WebSocketOptions.MESSAGE_RECORD) || kinds.main().isEmpty()) {
            return;
        }
        RecordFinder finder = new RecordFinder(kinds.main());
        if (finder.path().isEmpty()) {
            return;
        }
        String record = RecordPath.of(finder.path()).toString();
        options.set(WebSocketOptions.MESSAGE_RECORD, record);
        if (isOpen(WebSocketOptions.MESSAGE_UNWRAP)
                && finder.unwrapping() != MessageUnwrapping.NONE) {
            options.set(WebSocketOptions.MESSAGE_UNWRAP, finder.unwrapping());
        }
        analysis.guesses.add(
                "a record is what is at "
                        + record
                        + (finder.leftOut().isEmpty()
                                ? ""
                                : "; left out of its envelope: "
                                        + String.join(", ", finder.leftOut())));
    }

    /** Whether records are JSON objects; then they make the columns. */
    private boolean readAsJson(List<WebSocketMessage> data, List<WebSocketMessage> controls) {
        List<JsonNode> records = objects(data);
        Columns columns = new Columns(records, objects(controls));
        if (records.size() * 2 < data.size() || columns.types().isEmpty()) {
            return false;
        }
        analysis.records = records.size();
        analysis.formatOptions.put("format", "json");
        if (columns.hasTimestamps()) {
            analysis.formatOptions.put("json.timestamp-format.standard", "ISO-8601");
        }
        analysis.columns.putAll(columns.types());
        analysis.guesses.addAll(columns.guesses());
        return true;
    }

    private static List<JsonNode> objects(List<WebSocketMessage> parts) {
        return json(parts).stream().filter(JsonNode::isObject).collect(Collectors.toList());
    }

    /**
     * @param readable the frames that are JSON: others can't be read with any event time
     */
    private void findEventTime(List<JsonNode> data, List<WebSocketMessage> readable) {
        analysis.watermarkSeconds = SeenTimes.MIN_WATERMARK_SECONDS;
        String guess =
                isOpen(WebSocketOptions.MESSAGE_EVENT_TIME) ? guessEventTime(data, readable) : "";
        if (guess == null) {
            return;
        }
        analysis.eventTimeFound = true;
        SeenTimes times = Trial.run(options, messages).times();
        analysis.watermarkSeconds = times.watermarkSeconds();
        analysis.guesses.add(guess + "the largest disorder seen was " + times.disorder() + " ms");
        if (times.missing() != null) {
            analysis.guesses.add(
                    times.missing()
                            + "; 'message.event-time-missing' is '"
                            + options.get(WebSocketOptions.MESSAGE_EVENT_TIME_MISSING)
                            + "'");
        }
    }

    /** Sets the options for it, and says which field it is; null if there is none. */
    @Nullable
    private String guessEventTime(List<JsonNode> data, List<WebSocketMessage> readable) {
        if (data.isEmpty()) {
            return null;
        }
        List<String> path = Feed.of(options).messages().recordOrRoot().segments();
        long now = messages.get(messages.size() - 1).getReceiveTime();
        EventTimeFinder.Candidate time =
                new EventTimeFinder(path, options.get(WebSocketOptions.MESSAGE_UNWRAP), now)
                        .find(data);
        if (time == null) {
            return null;
        }
        String pointer = RecordPath.of(time.path()).toString();
        Configuration tried = new Configuration(options);
        tried.set(WebSocketOptions.MESSAGE_EVENT_TIME, pointer);
        if (isOpen(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT)) {
            tried.set(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, time.format().option());
        }
        if (afterCut(tried, readable).failures() > afterCut(options, readable).failures()) {
            return null;
        }
        options.addAll(tried);
        return "the event time is "
                + pointer
                + (time.isZoneless() ? ", read as UTC unless message.event-time-zone is set" : "")
                + "; ";
    }

    private void findPosition(List<JsonNode> data) {
        if (isOpen(WebSocketOptions.POSITION_POINTER)) {
            RecordPath found = PositionFinder.find(data);
            analysis.position = found == null ? null : found.toString();
        }
    }

    /** A feed of JSON objects may also send what is none, such as "pong". */
    private void keepRunning(boolean isJson, Trial trial) {
        Unreadable unreadable = new Unreadable(isJson, trial);
        if (unreadable.count() > 0 && isOpen(WebSocketOptions.ERROR_POLICY)) {
            options.set(WebSocketOptions.ERROR_POLICY, ErrorPolicy.SKIP);
            analysis.guesses.add(
                    "what can't be read is skipped ("
                            + unreadable.count()
                            + " so far), such as: '"
                            + unreadable.example()
                            + "'");
        }
    }
}

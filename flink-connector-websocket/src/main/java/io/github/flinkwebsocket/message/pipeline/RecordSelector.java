package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.RecordPath;
import io.github.flinkwebsocket.message.Json;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.List;

/**
 * Finds the records of a JSON frame, and their event times, in one pass of a streaming parser. An
 * event time belongs to all records below the point where its path leaves that of the records,
 * wherever in the frame it stands. Task thread.
 */
@Internal
final class RecordSelector {

    private final List<String> recordPath;
    @Nullable private final List<String> timePath;
    private final EventTimeParser timeParser;

    /** Where the two paths part. */
    private final int fork;

    /** Whether there is one record at most, so that reading may stop early. */
    private final boolean single;

    private byte[] payload;
    private final SelectedRecords records = new SelectedRecords();
    @Nullable private IOException failure;

    // The event time of the records below the present fork.
    private boolean timeFound;
    private long time;
    @Nullable private IOException timeFailure;

    /**
     * @param time from the root of the frame; null for none
     */
    RecordSelector(RecordPath record, @Nullable RecordPath time, EventTimeParser timeParser) {
        this.recordPath = record.segments();
        this.timePath = time == null ? null : time.segments();
        this.timeParser = timeParser;
        this.fork = time == null ? -1 : record.commonLength(time);
        this.single = !recordPath.contains(RecordPath.EACH);
    }

    /** Reads a frame; what was found before something broken counts. */
    void read(byte[] frame) {
        payload = frame;
        records.clear();
        failure = null;
        timeFound = false;
        try (JsonParser parser = Json.FACTORY.createParser(frame)) {
            if (parser.nextToken() != null) {
                node(parser, 0);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** What was wrong with the frame, or null. */
    @Nullable
    IOException failure() {
        return failure;
    }

    int count() {
        return records.count();
    }

    /** The bytes of a record; the frame itself if it is all of it. */
    byte[] record(int index) {
        return records.bytes(index, payload);
    }

    boolean hasTime(int index) {
        return records.hasTime(index);
    }

    /**
     * The event time of a record that has one, in epoch milliseconds.
     *
     * @throws IOException if it can't be read
     */
    long time(int index) throws IOException {
        return records.time(index);
    }

    /** At a value to which the first segments of the record's path have led. */
    private void node(JsonParser parser, int depth) throws IOException {
        if (depth != fork) {
            descend(parser, depth);
            return;
        }
        int first = records.count();
        timeFound = false;
        try {
            descend(parser, depth);
        } finally {
            if (timeFound) {
                records.setTime(first, time, timeFailure);
            }
        }
    }

    private void descend(JsonParser parser, int depth) throws IOException {
        if (depth == recordPath.size()) {
            record(parser);
            return;
        }
        String segment = recordPath.get(depth);
        if (segment.equals(RecordPath.EACH)) {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    node(parser, depth + 1);
                }
            } else {
                node(parser, depth + 1);
            }
            return;
        }
        JsonChildren children = JsonChildren.of(parser);
        while (children.next()) {
            if (children.is(segment)) {
                node(parser, depth + 1);
            } else if (depth == fork
                    && depth < timePath.size()
                    && children.is(timePath.get(depth))) {
                time(parser, depth + 1);
            } else {
                parser.skipChildren();
            }
            if (isComplete()) {
                return;
            }
        }
    }

    private void record(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        int start = JsonOffsets.start(parser);
        if (fork == recordPath.size()) {
            time(parser, fork);
        }
        if (recordPath.isEmpty() && timeFound) {
            records.add(0, payload.length);
            return;
        }
        records.add(start, recordEnd(parser, token));
    }

    /** Looking for the time has read a value that is no scalar. */
    private int recordEnd(JsonParser parser, JsonToken token) throws IOException {
        return token.isStructStart() && fork == recordPath.size()
                ? JsonOffsets.here(parser)
                : JsonOffsets.end(parser);
    }

    /** At a value to which the first segments of the time's path have led; reads all of it. */
    private void time(JsonParser parser, int depth) throws IOException {
        if (depth == timePath.size()) {
            timeValue(parser);
            return;
        }
        JsonChildren children = JsonChildren.of(parser);
        while (children.next()) {
            if (children.is(timePath.get(depth))) {
                time(parser, depth + 1);
            } else {
                parser.skipChildren();
            }
            if (recordPath.isEmpty() && timeFound) {
                return;
            }
        }
    }

    private void timeValue(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            parser.skipChildren();
            return;
        }
        timeFound = true;
        timeFailure = null;
        try {
            time = timeParser.parse(parser);
        } catch (EventTimeException e) {
            timeFailure = e;
        }
    }

    private boolean isComplete() {
        return single && records.count() > 0 && (timePath == null || timeFound);
    }
}

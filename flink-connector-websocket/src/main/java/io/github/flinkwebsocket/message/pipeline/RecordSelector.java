package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.RecordPath;
import io.github.flinkwebsocket.json.JsonName;
import io.github.flinkwebsocket.json.JsonScanner;
import io.github.flinkwebsocket.json.ValueFinder;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * Finds the records of a JSON frame, and their event times, in one pass. An event time belongs to
 * all records below the point where its path leaves that of the records, wherever in the frame it
 * stands. If a name is repeated its last value counts, as in Jackson's trees: what was found in
 * earlier ones is forgotten. Task thread.
 */
@Internal
final class RecordSelector {

    private final JsonName[] recordPath;

    /** Which segments of the record's path stand for every element. */
    private final boolean[] each;

    private final ValueFinder time;
    private final EventTimeParser timeParser;

    /** Where the two paths part; -1 if there is no time to be found. */
    private final int fork;

    /** Whether a frame is the record, with what is around it. */
    private final boolean whole;

    private final JsonScanner scanner = new JsonScanner();
    private final SelectedRecords records = new SelectedRecords();
    private byte[] payload;
    @Nullable private IOException failure;

    // Where the event time of the records below the present fork begins (upper half) and ends, if
    // it
    // has been found.
    private long timePlace;

    // What was read last; records may share it.
    private long readPlace;
    private long readTime;

    /**
     * @param timePath from the root of the frame; null for none
     */
    RecordSelector(RecordPath record, @Nullable RecordPath timePath, EventTimeParser timeParser) {
        this.recordPath = JsonName.of(record.segments());
        this.each = new boolean[recordPath.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = record.segments().get(i).equals(RecordPath.EACH);
        }
        this.time =
                new ValueFinder(
                        timePath == null ? new JsonName[0] : JsonName.of(timePath.segments()));
        this.timeParser = timeParser;
        this.fork = timePath == null ? -1 : record.commonLength(timePath);
        this.whole = record.length() == 0;
    }

    /** Reads a frame; records that were found before something broken count. */
    void read(byte[] frame) {
        payload = frame;
        records.clear();
        failure = null;
        readPlace = ValueFinder.NOWHERE;
        scanner.reset(frame);
        try {
            scanner.checkNotBlank();
            node(0);
            scanner.checkEnd();
        } catch (IOException e) {
            failure = e;
            if (whole) {
                records.clear();
            }
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
        return records.timePlace(index) != ValueFinder.NOWHERE;
    }

    /**
     * The event time of a record that has one, in epoch milliseconds.
     *
     * @throws IOException if it can't be read
     */
    long time(int index) throws IOException {
        long place = records.timePlace(index);
        if (place != readPlace) {
            readTime = timeParser.parse(scanner, payload, (int) (place >> 32), (int) place);
            readPlace = place;
        }
        return readTime;
    }

    /** Goes past a value to which the first segments of the record's path have led. */
    private void node(int depth) throws IOException {
        if (depth != fork) {
            descend(depth);
            return;
        }
        int first = records.count();
        timePlace = ValueFinder.NOWHERE;
        try {
            descend(depth);
        } finally {
            records.setTimePlace(first, timePlace);
        }
    }

    private void descend(int depth) throws IOException {
        if (depth == recordPath.length) {
            record();
        } else if (each[depth]) {
            each(depth);
        } else if (scanner.isAtContainer()) {
            children(depth);
        } else {
            scanner.skip();
        }
    }

    private void each(int depth) throws IOException {
        if (!scanner.isAtArray()) {
            node(depth + 1);
        } else if (scanner.enter()) {
            do {
                node(depth + 1);
            } while (scanner.next(false));
        }
    }

    private void children(int depth) throws IOException {
        boolean object = !scanner.isAtArray();
        if (!scanner.enter()) {
            return;
        }
        boolean timeToo = depth == fork && depth < time.length();
        int first = records.count();
        int index = 0;
        do {
            if (recordPath[depth].isAt(scanner, object, index)) {
                records.truncate(first);
                node(depth + 1);
            } else if (timeToo && time.segment(depth).isAt(scanner, object, index)) {
                findTime(depth + 1);
            } else {
                scanner.skip();
            }
            index++;
        } while (scanner.next(object));
    }

    private void record() throws IOException {
        int from = scanner.position();
        if (scanner.isAtNull()) {
            scanner.skip();
            return;
        }
        if (fork == recordPath.length) {
            findTime(fork);
        } else {
            scanner.skip();
        }
        if (whole) {
            records.add(0, payload.length);
        } else {
            records.add(from, scanner.position());
        }
    }

    /** A time that is null, or an empty string, is none. */
    private void findTime(int depth) throws IOException {
        long place = time.find(scanner, depth);
        int from = (int) (place >> 32);
        boolean none =
                place != ValueFinder.NOWHERE
                        && (payload[from] == 'n'
                                || payload[from] == '"' && (int) place == from + 2);
        timePlace = none ? ValueFinder.NOWHERE : place;
    }
}

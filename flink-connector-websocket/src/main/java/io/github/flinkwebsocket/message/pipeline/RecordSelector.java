package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.RecordPath;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * Finds the records of a JSON frame, and their event times, in one pass. An event time belongs to
 * all records below the point where its path leaves that of the records, wherever in the frame it
 * stands. Task thread.
 */
@Internal
final class RecordSelector {

    private final JsonName[] recordPath;
    private final JsonName[] timePath;
    private final EventTimeParser timeParser;

    /** Where the two paths part; -1 if there is no time to be found. */
    private final int fork;

    /** Whether a frame is the record, so that nothing is of interest but the time. */
    private final boolean whole;

    private final JsonScanner scanner = new JsonScanner();
    private final SelectedRecords records = new SelectedRecords();
    private byte[] payload;
    @Nullable private IOException failure;

    // Where the event time of the records below the present fork begins (upper half) and ends; 0 if
    // it has not been found.
    private long timePlace;

    // What was read last; records may share it.
    private long readPlace;
    private long readTime;

    /**
     * @param time from the root of the frame; null for none
     */
    RecordSelector(RecordPath record, @Nullable RecordPath time, EventTimeParser timeParser) {
        this.recordPath = JsonName.of(record);
        this.timePath = time == null ? new JsonName[0] : JsonName.of(time);
        this.timeParser = timeParser;
        this.fork = time == null ? -1 : record.commonLength(time);
        this.whole = record.length() == 0;
    }

    /** Reads a frame; what was found before something broken counts. */
    void read(byte[] frame) {
        payload = frame;
        records.clear();
        failure = null;
        readPlace = 0;
        scanner.reset(frame);
        try {
            node(0);
            if (!whole) {
                checkEnd();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void checkEnd() throws IOException {
        scanner.skipBlanks();
        if (!scanner.isAtEnd()) {
            throw new IOException(
                    String.format(
                            "Something follows the JSON value, at byte %d; 'message.framing' says how"
                                    + " to cut a message.",
                            scanner.position()));
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
        return records.timePlace(index) != 0;
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
        timePlace = 0;
        try {
            descend(depth);
        } finally {
            records.setTimePlace(first, timePlace);
        }
    }

    private void descend(int depth) throws IOException {
        if (depth == recordPath.length) {
            record();
        } else if (recordPath[depth].each) {
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
        boolean timeToo = depth == fork && depth < timePath.length;
        int index = 0;
        do {
            if (isAt(recordPath[depth], object, index)) {
                node(depth + 1);
            } else if (timeToo && isAt(timePath[depth], object, index)) {
                findTime(depth + 1);
            } else {
                scanner.skip();
            }
            index++;
        } while (scanner.next(object));
    }

    private boolean isAt(JsonName name, boolean object, int index) throws IOException {
        return object ? scanner.isNamed(name) : name.index == index;
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

    /** Goes past a value to which the first segments of the time's path have led. */
    private void findTime(int depth) throws IOException {
        if (depth == timePath.length) {
            timeValue();
            return;
        }
        if (!scanner.isAtContainer()) {
            scanner.skip();
            return;
        }
        boolean object = !scanner.isAtArray();
        if (!scanner.enter()) {
            return;
        }
        int index = 0;
        do {
            if (isAt(timePath[depth], object, index)) {
                findTime(depth + 1);
                if (whole && timePlace != 0) {
                    return;
                }
            } else {
                scanner.skip();
            }
            index++;
        } while (scanner.next(object));
    }

    private void timeValue() throws IOException {
        boolean isTime = !scanner.isAtContainer() && !scanner.isAtNull();
        int from = scanner.position();
        scanner.skip();
        if (isTime) {
            timePlace = (long) from << 32 | scanner.position();
        }
    }
}

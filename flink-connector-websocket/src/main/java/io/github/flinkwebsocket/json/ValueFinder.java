package io.github.flinkwebsocket.json;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/**
 * Finds the value that a path leads to, in one pass. If a name is repeated its last value counts,
 * as in Jackson's trees. Immutable; any thread, with a scanner of its own.
 */
@Internal
public final class ValueFinder {

    /** In the place of a value that is not there. */
    public static final long NOWHERE = 0;

    private final JsonName[] path;

    public ValueFinder(JsonName[] path) {
        this.path = path;
    }

    public int length() {
        return path.length;
    }

    /** The segment that leads on from a value to which so many have led. */
    public JsonName segment(int depth) {
        return path[depth];
    }

    /**
     * Goes past a value to which the first segments have led.
     *
     * @return where the value at the end of the path begins (upper half) and ends, or {@link
     *     #NOWHERE}
     */
    public long find(JsonScanner scanner, int depth) throws IOException {
        if (depth == path.length) {
            int from = scanner.position();
            scanner.skip();
            return (long) from << 32 | scanner.position();
        }
        if (!scanner.isAtContainer()) {
            scanner.skip();
            return NOWHERE;
        }
        boolean object = !scanner.isAtArray();
        if (!scanner.enter()) {
            return NOWHERE;
        }
        long found = NOWHERE;
        int index = 0;
        do {
            if (path[depth].isAt(scanner, object, index)) {
                found = find(scanner, depth + 1);
            } else {
                scanner.skip();
            }
            index++;
        } while (scanner.next(object));
        return found;
    }
}

package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.MessageSettings;
import io.github.flinkwebsocket.json.JsonScanner;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.io.Serializable;

/**
 * Makes sure that a format that reads JSON gets one object and nothing else: Flink's formats read
 * the first value and leave out the rest, and what they make of an array, of null and of nothing
 * differs from version to version. Runs on the task thread.
 */
@Internal
final class JsonCheck implements Serializable {

    private static final long serialVersionUID = 1L;

    private final boolean blankIsNone;
    private final boolean isOneValue;
    private transient JsonScanner scanner;

    /**
     * @param messages the steps before the format
     */
    JsonCheck(MessageSettings messages) {
        blankIsNone = messages.framing() != MessageFraming.MESSAGE;
        isOneValue = messages.isOneJsonValue();
    }

    /** Whether a format of this name reads JSON. */
    static boolean isJson(String format) {
        return format.equals("json") || format.endsWith("-json");
    }

    /**
     * @return false if it is a frame of blanks, in which nothing is to be decoded
     * @throws IOException if it is not one object; what is no JSON is left to the format
     */
    boolean isDecoded(byte[] payload) throws IOException {
        if (scanner == null) {
            scanner = new JsonScanner();
        }
        scanner.reset(payload);
        if (blankIsNone && scanner.isAtEnd()) {
            return false;
        }
        scanner.checkNotBlank();
        boolean array = scanner.isAtArray();
        boolean object = !array && scanner.isAtContainer();
        if (isOneValue || isRead()) {
            checkObject(object, array);
        }
        return true;
    }

    private boolean isRead() throws IOException {
        try {
            scanner.skip();
        } catch (IOException e) {
            return false;
        }
        scanner.checkEnd();
        return true;
    }

    private static void checkObject(boolean object, boolean array) throws IOException {
        if (!object) {
            throw new IOException(
                    String.format(
                            "A row is made of a JSON object, but this is %s; 'message.record' says"
                                    + " where the objects are, such as /* for the elements of an array.",
                            array ? "an array" : "none"));
        }
    }
}

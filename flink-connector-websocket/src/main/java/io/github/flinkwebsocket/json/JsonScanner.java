package io.github.flinkwebsocket.json;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds where the values of a JSON text (RFC 8259, in UTF-8) begin and end, without reading them:
 * whether what is in a record is right is for its decoder to say, but brackets must match. Knows
 * nothing of numbers and escapes, makes no object, and takes less than half the time of a parser.
 * Belongs to one thread.
 */
@Internal
public final class JsonScanner {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ValueEnds ends = new ValueEnds();
    private byte[] bytes = new byte[0];
    private int at;

    // The name of the present child of an object, without its quotes.
    private int nameStart;
    private int nameEnd;

    /** Goes to the beginning of another text. */
    public void reset(byte[] text) {
        bytes = text;
        at = 0;
        ends.forget();
        if (text.length >= 3 && Arrays.equals(text, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            at = 3;
        }
        skipBlanks();
    }

    /**
     * @throws IOException if the text has no value
     */
    public void checkNotBlank() throws IOException {
        if (isAtEnd()) {
            throw new IOException(
                    "There is no JSON in an empty or blank message; 'error-policy' = 'skip' leaves it"
                            + " out.");
        }
    }

    /** Whether nothing is left. */
    public boolean isAtEnd() {
        return at == bytes.length;
    }

    /** Where it is: at a value before, and after it after {@link #skip()} and the like. */
    public int position() {
        return at;
    }

    public boolean isAtArray() throws IOException {
        return here() == '[';
    }

    public boolean isAtContainer() throws IOException {
        byte first = here();
        return first == '[' || first == '{';
    }

    public boolean isAtNull() throws IOException {
        return here() == 'n';
    }

    /** Goes past the blanks after a value. */
    public void skipBlanks() {
        while (at < bytes.length && isBlank(bytes[at])) {
            at++;
        }
    }

    /** Whether a text is nothing but blanks. */
    public static boolean isBlank(byte[] text) {
        int i = 0;
        while (i < text.length && isBlank(text[i])) {
            i++;
        }
        return i == text.length;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /**
     * Goes past the blanks at the end of the text.
     *
     * @throws IOException if there is anything else
     */
    public void checkEnd() throws IOException {
        skipBlanks();
        if (!isAtEnd()) {
            throw new IOException(
                    String.format(
                            "Something follows the JSON value, at byte %d; 'message.framing' says how"
                                    + " to cut a message.",
                            at));
        }
    }

    // ------------------------------------------------------------------- values

    /** Goes past the value. */
    public void skip() throws IOException {
        here();
        at = ends.ofValue(bytes, at);
    }

    private byte here() throws IOException {
        if (at == bytes.length) {
            throw ValueEnds.error("it ends too early", at);
        }
        return bytes[at];
    }

    // ------------------------------------------------------------------- children

    /**
     * Goes to the first child of an object or array, or past it if it has none.
     *
     * @return false if it has none
     */
    public boolean enter() throws IOException {
        boolean object = here() == '{';
        at++;
        skipBlanks();
        if (here() == (object ? '}' : ']')) {
            at++;
            return false;
        }
        child(object);
        return true;
    }

    /**
     * Goes from the end of a child to the next one, or past the container.
     *
     * @return false if there is none
     */
    public boolean next(boolean object) throws IOException {
        skipBlanks();
        byte separator = here();
        at++;
        if (separator == (object ? '}' : ']')) {
            return false;
        }
        if (separator != ',') {
            at--;
            throw ValueEnds.error("there is neither a comma nor an end", at);
        }
        skipBlanks();
        child(object);
        return true;
    }

    private void child(boolean object) throws IOException {
        if (!object) {
            return;
        }
        if (here() != '"') {
            throw ValueEnds.error("there is no name", at);
        }
        nameStart = at + 1;
        at = ends.ofString(bytes, at);
        nameEnd = at - 1;
        skipBlanks();
        if (here() != ':') {
            throw ValueEnds.error("there is no colon", at);
        }
        at++;
        skipBlanks();
    }

    /** Whether the present child of an object has this name. */
    boolean isNamed(JsonName name) throws IOException {
        if (Arrays.equals(bytes, nameStart, nameEnd, name.utf8, 0, name.utf8.length)) {
            return true;
        }
        for (int i = nameStart; i < nameEnd; i++) {
            if (bytes[i] == '\\') {
                return name.text.equals(string(nameStart - 1, nameEnd + 1));
            }
        }
        return false;
    }

    /** What a string says, read by a parser. */
    private String string(int from, int to) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(bytes, from, to - from)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    /** The scalar between two positions: a string without its quotes, anything else as it is. */
    public String scalar(int from, int to) throws IOException {
        return bytes[from] == '"'
                ? string(from, to)
                : new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }
}

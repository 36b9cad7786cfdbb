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

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** What is kept for the next text. */
    private static final int KEPT = 64;

    private byte[] bytes = new byte[0];
    private int at;

    // The name of the present child of an object, without its quotes.
    private int nameStart;
    private int nameEnd;

    /** Which brackets are open where one is gone past: a bit for each, set for an object. */
    private long[] open = new long[1];

    /** Goes to the beginning of another text. */
    public void reset(byte[] text) {
        bytes = text;
        at = 0;
        if (open.length > KEPT) {
            open = new long[1];
        }
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
        byte first = here();
        if (first == '{' || first == '[') {
            skipContainer();
        } else if (first == '"') {
            skipString();
        } else if (first == '-' || (first >= '0' && first <= '9')) {
            skipNumber();
        } else if (first == 't') {
            skipLiteral(TRUE);
        } else if (first == 'f') {
            skipLiteral(FALSE);
        } else if (first == 'n') {
            skipLiteral(NULL);
        } else {
            throw error("there is no value");
        }
    }

    private byte here() throws IOException {
        if (at == bytes.length) {
            throw error("it ends too early");
        }
        return bytes[at];
    }

    private void skipContainer() throws IOException {
        byte[] text = bytes;
        int depth = 0;
        int i = at;
        do {
            if (i == text.length) {
                at = i;
                throw error("it ends too early");
            }
            byte b = text[i];
            if (b == '"') {
                at = i;
                skipString();
                i = at;
                continue;
            }
            // The brackets of either kind differ in this bit alone.
            if ((b | 0x20) == '{') {
                open(depth++, b == '{');
            } else if ((b | 0x20) == '}' && !closes(--depth, b == '}')) {
                at = i;
                throw error("a bracket does not match");
            }
            i++;
        } while (depth > 0);
        at = i;
    }

    private void open(int depth, boolean object) {
        int word = depth >> 6;
        if (word == open.length) {
            open = Arrays.copyOf(open, 2 * word);
        }
        long bit = 1L << depth;
        open[word] = object ? open[word] | bit : open[word] & ~bit;
    }

    private boolean closes(int depth, boolean object) {
        return (open[depth >> 6] & 1L << depth) != 0 == object;
    }

    private void skipString() throws IOException {
        int i = at + 1;
        for (; i < bytes.length && bytes[i] != '"'; i++) {
            if (bytes[i] == '\\') {
                i++;
            }
        }
        if (i >= bytes.length) {
            throw error("a string does not end");
        }
        at = i + 1;
    }

    private void skipNumber() {
        do {
            at++;
        } while (at < bytes.length && isInNumber(bytes[at]));
    }

    private static boolean isInNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == 'e' || b == 'E' || b == '-' || b == '+';
    }

    private void skipLiteral(byte[] literal) throws IOException {
        int end = at + literal.length;
        if (end > bytes.length || !Arrays.equals(bytes, at, end, literal, 0, literal.length)) {
            throw error("there is no value");
        }
        at = end;
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
            throw error("there is neither a comma nor an end");
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
            throw error("there is no name");
        }
        nameStart = at + 1;
        skipString();
        nameEnd = at - 1;
        skipBlanks();
        if (here() != ':') {
            throw error("there is no colon");
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

    private IOException error(String what) {
        return new IOException(String.format("It is no JSON in UTF-8: %s at byte %d.", what, at));
    }
}

package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/**
 * One secret, which it finds in words of others however it is encoded there: as it is,
 * percent-encoded, with the escapes of JSON or HTML, or a mixture of them. Immutable; any thread.
 */
@Internal
final class Secret {

    /** Shorter ones turn up by chance. */
    /**
     * JSON in JSON in JSON has seven for a quote; a run without end would take time without end.
     */
    private static final int MAX_BACKSLASHES = 16;

    static final int MIN_LENGTH = 4;

    /** So much of the beginning of a secret is one, too. */
    private static final int MIN_PART = 8;

    private final int[] characters;
    private final boolean inParts;

    /**
     * @param inParts whether its beginning must not be shown, either
     */
    Secret(String text, boolean inParts) {
        this.characters = text.codePoints().toArray();
        this.inParts = inParts;
    }

    /** Where the secret, which begins here in the words, ends; -1 if it does not begin here. */
    int endIn(String words, int begin) {
        int at = begin;
        int matched = 0;
        while (matched < characters.length && at < words.length()) {
            int next = skip(characters[matched], words, at);
            if (next < 0) {
                break;
            }
            at = next;
            matched++;
        }
        boolean found =
                matched == characters.length
                        || (inParts && matched >= MIN_PART)
                        // Whoever repeated it had no room for the rest.
                        || (inParts && matched >= MIN_LENGTH && at == words.length());
        return found ? at : -1;
    }

    /** The index after a character in any of its encodings; -1 if it is another character. */
    private static int skip(int character, String words, int at) {
        int end = -1;
        // What an encoding begins with may be a character of the secret itself, too.
        switch (words.charAt(at)) {
            case '%':
                end = skipPercent(character, words, at);
                break;
            case '\\':
                end = skipBackslash(character, words, at);
                break;
            case '&':
                end = skipEntity(character, words, at);
                break;
            default:
        }
        return end >= 0 ? end : skipPlain(character, words, at);
    }

    private static int skipPlain(int character, String words, int at) {
        int found = words.codePointAt(at);
        if (found == character
                || (found == '+' && character == ' ')
                // The two alphabets of Base64.
                || (found == '-' && character == '+')
                || (found == '_' && character == '/')) {
            return at + Character.charCount(found);
        }
        if (character < 0x80 || found > 0xFF) {
            return -1;
        }
        // Bytes of UTF-8 that were read as the characters of ISO 8859-1.
        int end = at;
        for (byte b : utf8(character)) {
            if (end >= words.length() || words.charAt(end) != (b & 0xFF)) {
                return -1;
            }
            end++;
        }
        return end;
    }

    /** Of UTF-8; the sign itself may have been encoded again, once or more often. */
    private static int skipPercent(int character, String words, int at) {
        int end = at;
        for (byte b : utf8(character)) {
            if (end >= words.length() || words.charAt(end) != '%') {
                return -1;
            }
            end++;
            int found = hex(words, end, 2);
            while (found == '%' && b != '%') {
                end += 2;
                found = hex(words, end, 2);
            }
            if (found != (b & 0xFF) && !(found == '+' && b == ' ')) {
                return -1;
            }
            end += 2;
        }
        return end;
    }

    /** As in JSON, also in JSON within a string of JSON. */
    private static int skipBackslash(int character, String words, int at) {
        int end = at;
        for (char unit : Character.toChars(character)) {
            int backslash = end;
            while (end < words.length()
                    && words.charAt(end) == '\\'
                    && end - backslash < MAX_BACKSLASHES) {
                end++;
            }
            if (unit == '\\' && end - backslash >= 2) {
                return backslash + 2;
            }
            if (end == backslash || end == words.length()) {
                return -1;
            }
            int letter = "\n\r\t\b\f\"/'".indexOf(unit);
            if (letter >= 0 && words.charAt(end) == "nrtbf\"/'".charAt(letter)) {
                end++;
            } else if (words.charAt(end) == 'u' && hex(words, end + 1, 4) == unit) {
                end += 5;
            } else {
                return -1;
            }
        }
        return end;
    }

    private static int skipEntity(int character, String words, int at) {
        int end = words.indexOf(';', at);
        if (end < 0 || end - at > 10) {
            return -1;
        }
        String name = words.substring(at + 1, end);
        int named = "&<>\"'".indexOf(character);
        boolean same =
                name.equals("#" + character)
                        || name.equalsIgnoreCase("#x" + Integer.toHexString(character))
                        || name.matches("#0+" + character)
                        || (named >= 0 && name.equals("amp lt gt quot apos".split(" ")[named]));
        return same ? end + 1 : -1;
    }

    private static byte[] utf8(int character) {
        return new String(Character.toChars(character)).getBytes(StandardCharsets.UTF_8);
    }

    /** The number that so many hexadecimal digits mean, or -1. */
    private static int hex(String words, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = i < words.length() ? Character.digit(words.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * 16 + digit;
        }
        return number;
    }
}

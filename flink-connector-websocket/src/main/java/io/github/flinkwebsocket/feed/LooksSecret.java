package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is taken for a secret by its name or its look. Rather takes too much for a secret than too
 * little, but knows whole words only: {@code apiKey} and {@code listenkey} are secrets, {@code
 * keyword} and {@code author} are not. Any thread.
 */
@Internal
public final class LooksSecret {

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    /** Names are often written without a sign between their words, so most count as an end. */
    private static final Pattern SECRET_WORD =
            Pattern.compile(
                    ".*(token|secret|password|passwd|passphrase|passcode|pwd|credentials?|jwt"
                            + "|signature|ticket|nonce|auth)"
                            + "|(?!(mon|don|tur|turn|hoc|joc|whis|lac|flun|mic|dic|malar|ho|po|jo"
                            + "|smo|fla|sha|sna|cri|spi)key).*key"
                            + "|(user|login|key|api|http|proxy|db|mqtt|stomp)?pass(w|word|wd)?"
                            + "|(api|app|data|req|request)?sig(n|ned)?"
                            + "|(user|web|auth|login|php|j|http|api)?session"
                            + "|auth(code|info|data|params?|string|header|entication|orization"
                            + "|enticate|orize)");

    /** The number of a thing that is called a token; the one exception among names with an id. */
    private static final Pattern TOKEN_ID = Pattern.compile("(?i)token[_.-]?id");

    private static final Pattern LOGIN =
            Pattern.compile("(public/)?(auth\\w*|log[io]n|connect(ion_init)?|identify)");
    private static final Pattern RANDOM_PART = Pattern.compile("[A-Za-z0-9+]{20,}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NAMED_IN_TEXT =
            Pattern.compile(
                    "([A-Za-z_-]*(?:token|key|secret|pass|sign|auth|jwt|credential)[A-Za-z_-]*"
                            + "[\"']?\\s*[:= ]\\s*)([^\\r\\n\\x00]+)",
                    Pattern.CASE_INSENSITIVE);

    private static final String PLAIN_PART = "([A-Za-z]?[a-z]{0,15}(v[0-9]{1,2})?|v?[0-9]{1,3})";
    private static final Pattern PLAIN_SUBPROTOCOL =
            Pattern.compile(
                    PLAIN_PART + "([._-]" + PLAIN_PART + ")*|[a-z]{1,16}[0-9](\\.[0-9]){1,2}");
    private static final int MAX_PLAIN_SUBPROTOCOL = 40;

    /** Whether the value of a parameter, field or header with this name is taken for a secret. */
    public static boolean name(String name) {
        return !TOKEN_ID.matcher(name).matches()
                && Arrays.stream(BETWEEN_WORDS.split(name)).anyMatch(LooksSecret::word);
    }

    private static boolean word(String word) {
        String bare = word.toLowerCase(Locale.ROOT).replaceFirst("[0-9]+$", "");
        return SECRET_WORD
                        .matcher(bare.endsWith("id") ? bare.replaceFirst("id$", "") : bare)
                        .matches()
                && !bare.equals("tokenid");
    }

    /** Long parts of letters and digits are keys; addresses on block chains are not. */
    public static boolean value(String text) {
        if (text.startsWith("0x")) {
            return false;
        }
        if (UUID.matcher(text).find()) {
            return true;
        }
        Matcher part = RANDOM_PART.matcher(text);
        while (part.find()) {
            String found = part.group();
            if (found.matches(".*[0-9].*") && found.matches(".*[A-Za-z].*")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a message with this word in it logs in, so that its arguments are secrets. */
    public static boolean login(String word) {
        return LOGIN.matcher(word.toLowerCase(Locale.ROOT)).matches();
    }

    /** Finds what follows a secret name in a text that is no JSON: group 2, after group 1. */
    public static Matcher namedIn(String text) {
        return NAMED_IN_TEXT.matcher(text);
    }

    /** Whether a subprotocol is no plain name such as {@code v1} or {@code graphql-ws}. */
    public static boolean subprotocol(String subprotocol) {
        return subprotocol.length() > MAX_PLAIN_SUBPROTOCOL
                || name(subprotocol)
                || !PLAIN_SUBPROTOCOL.matcher(subprotocol).matches();
    }

    private LooksSecret() {}
}

package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import java.util.regex.Pattern;

/**
 * Takes out of a URL what may be secret, so that the rest can be logged: user info, query, and path
 * segments long enough to be a key. Works on malformed URLs, too. Any thread.
 */
@Internal
public final class Redaction {

    private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");
    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);
    private static final Pattern LONG_SEGMENT = Pattern.compile("/[^/]{25,}");

    /** The URL with *** in the place of what may be secret. */
    public static String url(String url) {
        String redacted = USER_INFO.matcher(url).replaceFirst("//***@");
        redacted = QUERY.matcher(redacted).replaceFirst("?***");
        int path = redacted.indexOf("//") < 0 ? 0 : redacted.indexOf("//") + 2;
        return redacted.substring(0, path)
                + LONG_SEGMENT.matcher(redacted.substring(path)).replaceAll("/***");
    }

    private Redaction() {}
}

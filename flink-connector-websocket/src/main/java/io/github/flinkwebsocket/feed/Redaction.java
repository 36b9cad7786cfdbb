package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
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
    private static final Pattern SECRET_NAME =
            Pattern.compile("token|key|secret|passw|pwd|sign|auth|jwt|session|credential|ticket");

    /** The URL with *** in the place of what may be secret. */
    public static String url(String url) {
        String redacted = USER_INFO.matcher(url).replaceFirst("//***@");
        redacted = QUERY.matcher(redacted).replaceFirst("?***");
        int path = redacted.indexOf("//") < 0 ? 0 : redacted.indexOf("//") + 2;
        return redacted.substring(0, path)
                + LONG_SEGMENT.matcher(redacted.substring(path)).replaceAll("/***");
    }

    /**
     * What of a URL somebody else's words may repeat: the password, the query, its values that look
     * secret by their names, and path segments long enough to be a key.
     */
    public static List<String> secrets(URI uri) {
        List<String> secrets = new ArrayList<>();
        if (uri.getUserInfo() != null) {
            secrets.add(uri.getUserInfo().substring(uri.getUserInfo().indexOf(':') + 1));
        }
        if (uri.getRawQuery() != null) {
            secrets.add(uri.getRawQuery());
            for (String parameter : uri.getRawQuery().split("&")) {
                if (isSecret(parameter)) {
                    secrets.add(parameter.substring(parameter.indexOf('=') + 1));
                }
            }
        }
        Matcher segment = LONG_SEGMENT.matcher(uri.getRawPath());
        while (segment.find()) {
            secrets.add(segment.group().substring(1));
        }
        return secrets;
    }

    /** Whether a parameter of a query looks secret by its name. */
    static boolean isSecret(String parameter) {
        return SECRET_NAME.matcher(parameter.split("=", 2)[0].toLowerCase(Locale.ROOT)).find();
    }

    private Redaction() {}
}

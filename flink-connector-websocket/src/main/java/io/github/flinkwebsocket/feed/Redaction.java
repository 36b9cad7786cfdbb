package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
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

    /** The URL with *** in the place of what may be secret. */
    public static String url(String url) {
        String redacted = USER_INFO.matcher(url).replaceFirst("//***@");
        redacted = QUERY.matcher(redacted).replaceFirst("?***");
        int path = redacted.indexOf("//") < 0 ? 0 : redacted.indexOf("//") + 2;
        return PrintableText.escape(
                redacted.substring(0, path)
                        + LONG_SEGMENT.matcher(redacted.substring(path)).replaceAll("/***"));
    }

    /**
     * What of a URL somebody else's words may repeat: user info and its password, the values of the
     * query that look secret, and path segments long enough to be a key; as written and decoded.
     */
    public static Set<String> secrets(URI uri) {
        Set<String> secrets = new LinkedHashSet<>();
        if (uri.getRawUserInfo() != null) {
            add(uri.getRawUserInfo(), secrets);
            add(afterFirst(':', uri.getRawUserInfo()), secrets);
        }
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&")) {
                String value = afterFirst('=', parameter);
                if (isSecret(parameter) || LooksSecret.value(value)) {
                    add(value, secrets);
                }
            }
        }
        Matcher segment = LONG_SEGMENT.matcher(uri.getRawPath());
        while (segment.find()) {
            add(segment.group().substring(1), secrets);
        }
        return secrets;
    }

    private static void add(String encoded, Set<String> secrets) {
        secrets.add(encoded);
        secrets.add(UrlText.decode(encoded));
        secrets.add(UrlText.decode(encoded.replace("+", "%20")));
    }

    private static String afterFirst(char separator, String text) {
        return text.substring(text.indexOf(separator) + 1);
    }

    /** Whether a parameter of a query looks secret by its name. */
    static boolean isSecret(String parameter) {
        return LooksSecret.name(UrlText.decode(parameter.split("=", 2)[0]));
    }

    private Redaction() {}
}

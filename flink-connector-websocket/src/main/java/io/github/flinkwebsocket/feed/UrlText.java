package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of URLs (RFC 3986, section 2.1; RFC 3987, section 3.1). Any thread. */
@Internal
public final class UrlText {

    /**
     * The URL with all letters beyond ASCII after the host percent-encoded in UTF-8, as browsers
     * do; the rest stays as it is, what is encoded already, too.
     */
    public static String ascii(String url) {
        int scheme = url.indexOf("//");
        int path = scheme < 0 ? 0 : scheme + 2;
        while (scheme >= 0 && path < url.length() && "/?#".indexOf(url.charAt(path)) < 0) {
            path++;
        }
        // The host is a name, which has another encoding. User info before it is none.
        int host = Math.max(0, url.lastIndexOf('@', path));
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < url.length(); ) {
            int c = url.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c < 0x80 || (i > host && i < path)) {
                ascii.appendCodePoint(c);
            } else {
                byte[] bytes = url.substring(i, next).getBytes(StandardCharsets.UTF_8);
                for (byte b : bytes) {
                    ascii.append(String.format("%%%02X", b));
                }
            }
            i = next;
        }
        return ascii.toString();
    }

    /** The text with its percent-encoding undone; what is no such encoding stays. */
    public static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int high = text.charAt(i) == '%' ? digit(text, i + 1) : -1;
            int low = high < 0 ? -1 : digit(text, i + 2);
            if (low >= 0) {
                bytes.write(high * 16 + low);
                i += 3;
            } else {
                int next = i + Character.charCount(text.codePointAt(i));
                bytes.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int digit(String text, int at) {
        return at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    }

    private UrlText() {}
}

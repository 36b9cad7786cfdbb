package io.github.flinkwebsocket.session;

import org.apache.flink.annotation.Internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves references to URIs as RFC 3986, section 5.2 says; {@link URI#resolve} does what the
 * older RFC 2396 says, and differs for empty references, queries alone and excess {@code ..}. Any
 * thread.
 */
@Internal
final class UriReference {

    /** Appendix B of the RFC, without the fragment, which is dropped. */
    private static final Pattern PARTS =
            Pattern.compile(
                    "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?<authority>[^/?#]*))?"
                            + "(?<path>[^?#]*)(?:\\?(?<query>[^#]*))?(?:#.*)?");

    /** What no URI may hold (section 2), but may be meant as data. */
    private static final Pattern UNSAFE = Pattern.compile("[^!#-;=?-\\[\\]_a-z~]");

    /**
     * Where a reference leads, without its fragment.
     *
     * @param reference text of a header, one character a byte
     * @throws URISyntaxException if that is no URI
     */
    static URI resolve(URI base, String reference) throws URISyntaxException {
        String escaped = escape(reference);
        Matcher to = PARTS.matcher(escaped);
        Matcher from = PARTS.matcher(base.toString());
        if (!to.matches() || !from.matches()) {
            throw new URISyntaxException(escaped, "it is not a reference to a URI");
        }
        String scheme = to.group("scheme");
        if (scheme != null || to.group("authority") != null) {
            return uri(
                    scheme == null ? from.group("scheme") : scheme,
                    to.group("authority"),
                    removeDots(to.group("path")),
                    to.group("query"));
        }
        String path = to.group("path");
        String query = to.group("query");
        if (path.isEmpty()) {
            path = from.group("path");
            query = query == null ? from.group("query") : query;
        } else if (path.startsWith("/")) {
            path = removeDots(path);
        } else {
            String basePath = from.group("path");
            String folder = basePath.substring(0, basePath.lastIndexOf('/') + 1);
            path = removeDots((folder.isEmpty() ? "/" : folder) + path);
        }
        return uri(from.group("scheme"), from.group("authority"), path, query);
    }

    private static URI uri(String scheme, String authority, String path, String query)
            throws URISyntaxException {
        return new URI(
                scheme
                        + ":"
                        + (authority == null ? "" : "//" + authority)
                        + path
                        + (query == null ? "" : "?" + query));
    }

    private static String escape(String text) {
        return UNSAFE.matcher(text)
                .replaceAll(
                        found -> {
                            StringBuilder escaped = new StringBuilder();
                            for (byte b : found.group().getBytes(StandardCharsets.ISO_8859_1)) {
                                escaped.append(String.format("%%%02X", b));
                            }
                            return escaped.toString();
                        });
    }

    /** Section 5.2.4: takes out {@code .} and {@code ..}, never above the root. */
    private static String removeDots(String path) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < path.length()) {
            int next = path.indexOf('/', at + 1);
            String segment = path.substring(at, next < 0 ? path.length() : next);
            boolean last = next < 0;
            if (segment.equals("/.") || segment.equals("/..")) {
                if (segment.equals("/..")) {
                    out.setLength(Math.max(0, out.lastIndexOf("/")));
                }
                if (last) {
                    out.append('/');
                }
            } else {
                out.append(segment);
            }
            at += segment.length();
        }
        return out.toString();
    }

    private UriReference() {}
}

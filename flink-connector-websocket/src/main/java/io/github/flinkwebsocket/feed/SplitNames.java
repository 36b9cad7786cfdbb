package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What splits are called, which is how they are found again in a checkpoint: as the option {@code
 * split-names} says, or by their URL. Runs where the source is built.
 */
@Internal
final class SplitNames {

    private static final int MAX_LENGTH = 100;

    /** One for each URL; null if the option is not set. */
    @Nullable
    static List<String> read(ReadableConfig config, List<String> urls) {
        List<String> names = config.getOptional(WebSocketOptions.SPLIT_NAMES).orElse(null);
        if (names == null) {
            return null;
        }
        if (names.size() != urls.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "The option 'split-names' has %d names and 'url' names %d URLs; there must"
                                    + " be one for each.",
                            names.size(), urls.size()));
        }
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()
                    || name.length() > MAX_LENGTH
                    || !name.codePoints().allMatch(SplitNames::isAllowed)) {
                throw InvalidOption.value(
                        WebSocketOptions.SPLIT_NAMES,
                        PrintableText.escape(name),
                        "a name must have between 1 and "
                                + MAX_LENGTH
                                + " characters, and no blanks or control characters");
            }
            if (!taken.add(name)) {
                throw InvalidOption.value(
                        WebSocketOptions.SPLIT_NAMES, name, "each name must be there once only");
            }
        }
        return names;
    }

    private static boolean isAllowed(int c) {
        return PrintableText.isPrintable(c)
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c);
    }

    /**
     * Host and a checksum of port, path and query. Parameters that look secret do not count: they
     * change without the endpoint changing, and must not be guessed.
     */
    static String derived(URI uri) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String open =
                Arrays.stream(query.split("&"))
                        .filter(parameter -> !Redaction.isSecret(parameter))
                        .collect(Collectors.joining("&"));
        CRC32 checksum = new CRC32();
        checksum.update(
                (uri.getPort() + uri.getRawPath() + "?" + open).getBytes(StandardCharsets.UTF_8));
        return String.format("%s-%08x", uri.getHost(), checksum.getValue());
    }

    /**
     * With a position, splits must not be told apart by the order of their URLs: if one goes,
     * another would continue from its position.
     */
    static IllegalArgumentException shared(String id, int first, int second, List<String> urls) {
        return new IllegalArgumentException(
                String.format(
                        "The option 'url' has number %d (%s) and number %d (%s), whose splits would both"
                                + " be called '%s', since user info and secret parameters do not"
                                + " count; one could continue from the position of the other. Give"
                                + " each a name with the option 'split-names'.",
                        first + 1,
                        Redaction.url(urls.get(first)),
                        second + 1,
                        Redaction.url(urls.get(second)),
                        id));
    }

    private SplitNames() {}
}

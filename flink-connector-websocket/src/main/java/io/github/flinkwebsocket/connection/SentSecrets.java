package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.Redaction;

import org.apache.flink.annotation.Internal;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What of an upgrade request must not be shown, to be taken out of the server's words, which may
 * repeat it. Immutable; any thread.
 */
@Internal
final class SentSecrets {

    static final SentSecrets NONE = new SentSecrets(List.of());

    /** Shorter ones turn up by chance. */
    private static final int MIN_LENGTH = 4;

    private final List<String> secrets;

    private SentSecrets(List<String> secrets) {
        this.secrets = secrets;
    }

    static SentSecrets of(URI uri, Map<String, String> headers) {
        List<String> secrets = new ArrayList<>(Redaction.secrets(uri));
        headers.forEach(
                (name, value) -> {
                    if (!UpgradeRequest.isHarmless(name)) {
                        secrets.add(value);
                        // A token without its scheme, such as Bearer.
                        secrets.add(value.substring(value.indexOf(' ') + 1));
                    }
                });
        secrets.removeIf(secret -> secret.length() < MIN_LENGTH);
        // One may be a part of another.
        secrets.sort(Comparator.comparingInt(String::length).reversed());
        return new SentSecrets(secrets);
    }

    /** The words with *** in the place of each secret. */
    String mask(String words) {
        String masked = words;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}

package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.PrintableText;
import io.github.flinkwebsocket.feed.Redaction;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** The server answered the upgrade request with something else than 101. Immutable. */
@Internal
public final class UpgradeRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Headers that say why, or what would be accepted. */
    private static final List<String> EXPLAINING =
            List.of(
                    "Retry-After",
                    "Location",
                    "WWW-Authenticate",
                    "Upgrade",
                    "Sec-WebSocket-Version");

    private static final int MAX_VALUE = 300;

    private final transient UpgradeResponse response;
    private final transient UnaryOperator<String> mask;

    /**
     * @param mask takes out of the server's words what must not be shown
     */
    UpgradeRefusedException(UpgradeResponse response, UnaryOperator<String> mask) {
        super(
                String.format(
                        "the server refused the upgrade with status %d %s",
                        response.status(), words(response, mask)));
        this.response = response;
        this.mask = mask;
    }

    private static String words(UpgradeResponse response, UnaryOperator<String> mask) {
        StringBuilder words =
                new StringBuilder(
                        PrintableText.cut(
                                mask.apply(response.reason()), UpgradeResponse.MAX_REASON));
        EXPLAINING.forEach(
                name -> {
                    String value = response.joined(name);
                    boolean explains = !name.equals("Upgrade") || response.status() == 426;
                    if (!value.isEmpty() && explains) {
                        String shown = name.equals("Location") ? Redaction.url(value) : value;
                        words.append(", ")
                                .append(name)
                                .append(": ")
                                .append(PrintableText.cut(mask.apply(shown), MAX_VALUE));
                    }
                });
        if (!response.body().isBlank()) {
            words.append(": ").append(mask.apply(response.body().strip()));
        }
        return words.toString();
    }

    /** Words of the answer as they may be shown. */
    String mask(String words) {
        return mask.apply(words);
    }

    /** The answer; null after Java serialization. */
    public UpgradeResponse response() {
        return response;
    }
}

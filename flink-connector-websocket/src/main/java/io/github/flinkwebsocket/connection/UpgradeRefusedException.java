package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.PrintableText;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.function.UnaryOperator;

/** The server answered the upgrade request with something else than 101. Immutable. */
@Internal
public final class UpgradeRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

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
        String retryAfter = response.header("Retry-After");
        return PrintableText.cut(mask.apply(response.reason()), UpgradeResponse.MAX_REASON)
                + (retryAfter == null ? "" : ", Retry-After: " + mask.apply(retryAfter))
                + (response.body().isBlank() ? "" : ": " + mask.apply(response.body().strip()));
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

package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.function.UnaryOperator;

/** The server answered the upgrade request with something else than 101. Immutable. */
@Internal
public final class UpgradeRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient UpgradeResponse response;

    /**
     * @param mask takes out of the server's words what must not be shown
     */
    UpgradeRefusedException(UpgradeResponse response, UnaryOperator<String> mask) {
        super(
                String.format(
                        "the server refused the upgrade with status %d %s",
                        response.status(), mask.apply(words(response))));
        this.response = response;
    }

    private static String words(UpgradeResponse response) {
        String retryAfter = response.header("Retry-After");
        return response.reason()
                + (retryAfter == null ? "" : ", Retry-After: " + retryAfter)
                + (response.body().isBlank() ? "" : ": " + response.body().strip());
    }

    /** The answer; null after Java serialization. */
    public UpgradeResponse response() {
        return response;
    }
}

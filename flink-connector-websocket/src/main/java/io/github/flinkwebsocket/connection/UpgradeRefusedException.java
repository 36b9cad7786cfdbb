package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/** The server answered the upgrade request with something else than 101. Immutable. */
@Internal
public final class UpgradeRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient UpgradeResponse response;

    UpgradeRefusedException(UpgradeResponse response) {
        super(
                String.format(
                        "the server refused the upgrade with status %d %s%s%s",
                        response.status(),
                        response.reason(),
                        response.header("Retry-After") == null
                                ? ""
                                : ", Retry-After: " + response.header("Retry-After"),
                        response.body().isBlank() ? "" : ": " + response.body().strip()));
        this.response = response;
    }

    /** The answer; null after Java serialization. */
    public UpgradeResponse response() {
        return response;
    }
}

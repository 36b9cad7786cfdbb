package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidHandshakeException;

import javax.annotation.Nullable;

/**
 * Skips the interim answers, such as 100 and 103, that may come before the final one (RFC 9110,
 * section 15.2). All of them together may be as long as one head. Good for one request; runs on the
 * I/O thread.
 */
@Internal
final class InterimResponses {

    private int skipped;

    /**
     * Parses what has arrived so far, from its beginning.
     *
     * @return the final answer, or null if the end of its headers has not arrived
     */
    @Nullable
    UpgradeResponse skip(byte[] bytes, int from, int to) throws InvalidHandshakeException {
        UpgradeResponse response = UpgradeResponse.parse(bytes, from + skipped, to);
        while (response != null && response.isInterim()) {
            skipped += response.headLength();
            if (skipped > UpgradeResponse.MAX_HEAD) {
                throw UpgradeResponse.tooLong();
            }
            response = UpgradeResponse.parse(bytes, from + skipped, to);
        }
        return response;
    }

    /** How many bytes the interim answers had. */
    int length() {
        return skipped;
    }
}

package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import java.util.List;
import java.util.Map;

/**
 * What is offered of permessage-deflate, and which answers accept that (RFC 7692, section 7.1). Any
 * thread.
 */
@Internal
final class DeflateOffer {

    private static final String NAME = "permessage-deflate";

    /** Any window will do for us, since what we send is not compressed. */
    static final String HEADER = NAME + "; client_max_window_bits";

    static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";

    private static final Map<String, String> ALLOWED =
            Map.of(
                    SERVER_NO_CONTEXT_TAKEOVER,
                    "",
                    "client_no_context_takeover",
                    "",
                    "server_max_window_bits",
                    "[89]|1[0-5]",
                    "client_max_window_bits",
                    "[89]|1[0-5]");

    /** Whether the server's choice is this extension alone, with parameters it may have. */
    static boolean isAcceptedBy(List<Extension> chosen) {
        return chosen.size() == 1
                && chosen.get(0).name().equals(NAME)
                && chosen.get(0).parameters().entrySet().stream()
                        .allMatch(
                                parameter ->
                                        ALLOWED.containsKey(parameter.getKey())
                                                && parameter
                                                        .getValue()
                                                        .matches(ALLOWED.get(parameter.getKey())));
    }

    private DeflateOffer() {}
}

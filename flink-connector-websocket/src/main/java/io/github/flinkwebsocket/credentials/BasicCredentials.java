package io.github.flinkwebsocket.credentials;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import static org.apache.flink.util.Preconditions.checkNotNull;

/** HTTP Basic authentication (RFC 7617). Immutable; any thread. */
@Internal
final class BasicCredentials implements CredentialProvider {

    private static final long serialVersionUID = 1L;

    private final String username;
    private final String password;

    BasicCredentials(String username, String password) {
        this.username = checkNotNull(username, "The user name must not be null.");
        this.password = checkNotNull(password, "The password must not be null.");
        if (username.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "The user name '" + username + "' must not contain a colon.");
        }
    }

    @Override
    public Map<String, String> headers(boolean refresh) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
        return "Basic authentication as '" + username + "'";
    }
}

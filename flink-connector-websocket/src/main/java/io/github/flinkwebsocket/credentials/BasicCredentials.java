package io.github.flinkwebsocket.credentials;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import static org.apache.flink.util.Preconditions.checkNotNull;

/** HTTP Basic authentication (RFC 7617). Immutable; any thread. */
@Internal
public final class BasicCredentials implements CredentialProvider {

    private static final long serialVersionUID = 1L;

    private final String username;
    private final String password;

    BasicCredentials(String username, String password) {
        this.username = checkNotNull(username, "The user name must not be null.");
        this.password = checkNotNull(password, "The password must not be null.");
        if (username.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "The user name must not contain a colon; the password has an argument of its own.");
        }
    }

    @Override
    public Map<String, String> headers(boolean refresh) {
        return Map.of("Authorization", authorization(username + ":" + password));
    }

    /**
     * What the header has to say.
     *
     * @param userInfo user name and password with a colon between them; without one, there is no
     *     password
     */
    public static String authorization(String userInfo) {
        String pair = userInfo.indexOf(':') < 0 ? userInfo + ":" : userInfo;
        byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Basic authentication as '" + username + "'";
    }
}

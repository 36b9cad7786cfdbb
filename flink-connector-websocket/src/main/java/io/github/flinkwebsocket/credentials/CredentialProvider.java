package io.github.flinkwebsocket.credentials;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/**
 * Gives the HTTP headers that authenticate the upgrade request. Asked anew for every attempt, on
 * the I/O thread of that attempt: it may block, but its time counts for {@code connect-timeout}, at
 * whose end the thread is interrupted. One object serves all connections of a reader, so it must be
 * thread-safe; it travels with the job, so it must be serializable, and its {@code toString()} must
 * show no secret.
 *
 * <p>The methods that make one take no null, unless they say so.
 */
@PublicEvolving
@FunctionalInterface
public interface CredentialProvider extends Serializable {

    /**
     * @param refresh whether the server has refused the credentials given before, so that new ones
     *     must be fetched instead of kept ones
     * @return names and values of headers; not null
     * @throws IOException if they can't be had now; the attempt fails and is repeated like any
     *     other. Its message must hold no secret. Whatever else is thrown is taken for a bug and
     *     fails the job, so wrap what passes, such as a network error of a vault's client.
     */
    Map<String, String> headers(boolean refresh) throws IOException;

    /**
     * HTTP Basic authentication (RFC 7617).
     *
     * @throws IllegalArgumentException if the user name contains a colon
     */
    static CredentialProvider basic(String username, String password) {
        return new BasicCredentials(username, password);
    }

    /** A bearer token (RFC 6750) that does not change. */
    static CredentialProvider bearer(String token) {
        return new SecretHeader("Authorization", "Bearer ", SecretText.fixed(token));
    }

    /** A bearer token that a file holds on the TaskManager; read at every attempt. */
    static CredentialProvider bearerFromFile(String path) {
        return new SecretHeader("Authorization", "Bearer ", SecretText.file(path));
    }

    /** A bearer token that an environment variable of the TaskManager holds. */
    static CredentialProvider bearerFromEnvironment(String variable) {
        return new SecretHeader("Authorization", "Bearer ", SecretText.environment(variable));
    }

    /** A header, such as X-API-Key, that does not change. */
    static CredentialProvider header(String header, String value) {
        return new SecretHeader(header, "", SecretText.fixed(value));
    }

    /** A header, such as X-API-Key, whose value a file holds; read at every attempt. */
    static CredentialProvider headerFromFile(String header, String path) {
        return new SecretHeader(header, "", SecretText.file(path));
    }

    /** A header whose value an environment variable of the TaskManager holds. */
    static CredentialProvider headerFromEnvironment(String header, String variable) {
        return new SecretHeader(header, "", SecretText.environment(variable));
    }

    /**
     * An OAuth2 access token by client credentials (RFC 6749, section 4.4), kept until shortly
     * before it expires.
     *
     * @param tokenUrl the token endpoint, http or https
     * @param scope null for none
     * @throws IllegalArgumentException if the token URL is not one of http or https
     */
    static CredentialProvider oauth2(
            String tokenUrl, String clientId, String clientSecret, @Nullable String scope) {
        return new OAuth2ClientCredentials(tokenUrl, clientId, clientSecret, scope);
    }
}

package io.github.flinkwebsocket.credentials;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.Map;

import static org.apache.flink.util.Preconditions.checkNotNull;

/** One header with a secret in it, read anew for each attempt. Immutable; any thread. */
@Internal
final class SecretHeader implements CredentialProvider {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String prefix;
    private final SecretText secret;

    SecretHeader(String name, String prefix, SecretText secret) {
        this.name = checkNotNull(name, "The header's name must not be null.");
        this.prefix = prefix;
        this.secret = secret;
    }

    @Override
    public Map<String, String> headers(boolean refresh) throws IOException {
        return Map.of(name, prefix + secret.read());
    }

    @Override
    public String toString() {
        return "the header " + name + " from " + secret;
    }
}

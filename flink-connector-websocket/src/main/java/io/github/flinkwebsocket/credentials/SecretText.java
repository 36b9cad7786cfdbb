package io.github.flinkwebsocket.credentials;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import static org.apache.flink.util.Preconditions.checkNotNull;

/**
 * A secret, or where to find it: in a file or an environment variable of the machine that reads it.
 * Immutable; any thread.
 */
@Internal
final class SecretText implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final long MAX_FILE = 64 * 1024;

    @Nullable private final String text;
    @Nullable private final String file;
    @Nullable private final String variable;

    private SecretText(@Nullable String text, @Nullable String file, @Nullable String variable) {
        this.text = text;
        this.file = file;
        this.variable = variable;
    }

    static SecretText fixed(String text) {
        return new SecretText(checkNotNull(text, "The secret must not be null."), null, null);
    }

    static SecretText file(String path) {
        return new SecretText(null, checkNotNull(path, "The path must not be null."), null);
    }

    static SecretText environment(String variable) {
        return new SecretText(null, null, checkNotNull(variable, "The name must not be null."));
    }

    /** The secret without white space around it. */
    String read() throws IOException {
        String secret = text != null ? text : file != null ? readFile() : readVariable();
        secret = secret.strip();
        if (secret.isEmpty()) {
            throw new LocalFaultException(this + " is empty");
        }
        if (secret.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new LocalFaultException(this + " has more than one line, or control characters");
        }
        if (secret.chars().anyMatch(c -> c > 0x7F)) {
            throw new LocalFaultException(
                    this + " has characters beyond ASCII, which no header can carry");
        }
        return secret;
    }

    private String readFile() throws IOException {
        Path path = Paths.get(file);
        if (!Files.isReadable(path)) {
            throw new LocalFaultException(
                    this + " does not exist or can't be read on this machine");
        }
        if (Files.size(path) > MAX_FILE) {
            throw new LocalFaultException(this + " is larger than " + MAX_FILE + " bytes");
        }
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    private String readVariable() throws IOException {
        String value = System.getenv(variable);
        if (value == null) {
            throw new LocalFaultException(this + " is not set on this machine");
        }
        return value;
    }

    /** Says where the secret is, not what. */
    @Override
    public String toString() {
        return file != null
                ? "the file '" + file + "'"
                : variable != null
                        ? "the environment variable '" + variable + "'"
                        : "a fixed secret";
    }
}

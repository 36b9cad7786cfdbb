package io.github.flinkwebsocket.credentials;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * A file, a variable or a key on this machine is missing or of no use; trying again does not mend
 * it.
 */
@Internal
public final class LocalFaultException extends IOException {

    private static final long serialVersionUID = 1L;

    public LocalFaultException(String message) {
        this(message, null);
    }

    public LocalFaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/** A credential provider threw what it may not throw. */
@Internal
final class CredentialsBugException extends IOException {

    private static final long serialVersionUID = 1L;

    CredentialsBugException(RuntimeException cause) {
        super("the credential provider threw " + cause, cause);
    }
}

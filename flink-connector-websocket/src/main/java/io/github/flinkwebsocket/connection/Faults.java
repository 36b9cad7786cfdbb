package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.credentials.LocalFaultException;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.ExceptionUtils;

import org.java_websocket.exceptions.InvalidHandshakeException;

import javax.annotation.Nullable;
import javax.net.ssl.SSLException;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.util.Set;

/**
 * Sorts what ends connections: faults of the program, those that last until somebody changes
 * something, and all others, which pass. Stateless; any thread.
 */
@Internal
final class Faults {

    /** Timeout, Too Early, Too Many Requests: of the statuses below 500 only these may pass. */
    private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);

    private static final int SERVER_ERRORS = 500;

    /** What a broken network brings, also wrapped into exceptions of TLS. */
    private static final Set<Class<? extends Throwable>> PASSING =
            Set.of(SocketException.class, SocketTimeoutException.class, EOFException.class);

    private static final Set<Class<? extends Throwable>> LASTING =
            Set.of(
                    LocalFaultException.class,
                    FileSystemException.class,
                    UnknownHostException.class,
                    GeneralSecurityException.class,
                    SSLException.class,
                    InvalidHandshakeException.class);

    /** The error, or the exception of the user's code, that another one wraps or is; or null. */
    @Nullable
    static Throwable bug(Throwable cause) {
        return ExceptionUtils.findThrowable(
                        cause, t -> t instanceof Error || t instanceof CredentialsBugException)
                .orElse(null);
    }

    /** Whether an answer other than 101 is to be expected again. */
    static boolean isLasting(int status) {
        return status < SERVER_ERRORS && !PASSING_STATUSES.contains(status);
    }

    /** Whether this is to be expected again. */
    static boolean isLasting(Throwable cause) {
        return has(cause, LASTING) && !has(cause, PASSING);
    }

    private static boolean has(Throwable cause, Set<Class<? extends Throwable>> types) {
        return ExceptionUtils.findThrowable(
                        cause, t -> types.stream().anyMatch(type -> type.isInstance(t)))
                .isPresent();
    }

    private Faults() {}
}

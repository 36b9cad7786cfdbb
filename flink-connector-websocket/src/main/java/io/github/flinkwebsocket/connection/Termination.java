package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.PrintableText;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** How a connection ended. Immutable; any thread. */
@Internal
public final class Termination {

    /** The code of RFC 6455, section 7.4.1, for an end without a close frame. */
    public static final int ABNORMAL = 1006;

    private final int code;
    private final boolean remote;
    private final String reason;
    @Nullable private final Throwable cause;

    private Termination(int code, boolean remote, String reason, @Nullable Throwable cause) {
        this.code = code;
        this.remote = remote;
        // The server's words may hold line breaks, which would forge lines of the log.
        this.reason = PrintableText.escape(reason);
        this.cause = cause;
    }

    /** The server sent a close frame. */
    static Termination remoteClose(int code, String reason) {
        return new Termination(
                code,
                true,
                "the server closed it with code " + code + (reason.isEmpty() ? "" : ": " + reason),
                null);
    }

    /** We ended it, with this code, because of what the server sent. */
    static Termination violation(int code, Throwable cause) {
        return new Termination(code, false, cause.getMessage(), cause);
    }

    /** It broke, or never opened. */
    static Termination broken(Throwable cause) {
        Throwable said = Faults.bug(cause) == null ? cause : Faults.bug(cause);
        String message = said.getMessage();
        // What is no matter of the connection says little without its class.
        boolean bare = message == null || said instanceof Error || said instanceof RuntimeException;
        return new Termination(ABNORMAL, false, bare ? said.toString() : message, cause);
    }

    /** The close code: the server's, ours, or 1006 for an end without a close frame. */
    public int code() {
        return code;
    }

    /** Whether the code came from the server. */
    public boolean isRemote() {
        return remote;
    }

    /** A phrase that says what happened. */
    public String reason() {
        return reason;
    }

    @Nullable
    public Throwable cause() {
        return cause;
    }

    /** Whether it is a fault of the program, which says nothing about the connection. */
    public boolean isBug() {
        return cause != null && Faults.bug(cause) != null;
    }

    /** Whether it is likely to end the same way again, until somebody changes something. */
    public boolean isLasting() {
        UpgradeResponse refusal = refusal();
        return refusal != null
                ? Faults.isLasting(refusal.status())
                : cause != null && Faults.isLasting(cause);
    }

    /** Words of the refusal, such as where it leads, as they may be shown. */
    public String mask(String words) {
        return cause instanceof UpgradeRefusedException
                ? ((UpgradeRefusedException) cause).mask(words)
                : PrintableText.escape(words);
    }

    /** The answer with which the server refused the upgrade, or null if it did not. */
    @Nullable
    public UpgradeResponse refusal() {
        return cause instanceof UpgradeRefusedException
                ? ((UpgradeRefusedException) cause).response()
                : null;
    }
}

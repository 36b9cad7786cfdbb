package io.github.flinkwebsocket.examples;

import org.apache.flink.util.FlinkException;

import javax.annotation.Nullable;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

/** Says in one line, without secrets, why the demo failed. */
final class Diagnosis {

    private static final String LOG = System.getProperty("log.file", "the log");

    /** What is seen where one side speaks TLS and the other does not. */
    private static final Pattern OTHER_PROTOCOL =
            Pattern.compile("SSL message|did not open within|reset|closed|HTTP", CASE_INSENSITIVE);

    /** A server that refuses may send a whole page with it. */
    private static final int MAX_LENGTH = 200;

    /**
     * Why a server could not be reached.
     *
     * @param uri where the source connects, or null if there are several
     * @param reason what the connector says, or ""
     */
    static IOException unreachable(@Nullable URI uri, String reason) {
        String what = "no feed could be reached";
        boolean isTls = uri != null && "wss".equalsIgnoreCase(uri.getScheme());
        if (uri != null) {
            int port = uri.getPort() > 0 ? uri.getPort() : isTls ? 443 : 80;
            what = String.format("can't connect to %s:%d", uri.getHost(), port);
        }
        return new IOException(
                reason.isEmpty()
                        ? what + "; see " + LOG
                        : what + ": " + shorten(reason) + hint(uri, isTls, reason));
    }

    /** The most frequent mistake, if it may be that one. */
    private static String hint(@Nullable URI uri, boolean isTls, String reason) {
        if (uri == null || !OTHER_PROTOCOL.matcher(reason).find()) {
            return "";
        }
        return isTls
                ? "; if the port does not speak TLS, write ws:// instead of wss://"
                : "; if the port speaks TLS, write wss:// instead of ws://";
    }

    /** What the connector said, without the exceptions that Flink wraps around it. */
    static String describe(Throwable failure) {
        Throwable told = failure;
        while (!isTheConnectors(told) && told.getCause() != null) {
            told = told.getCause();
        }
        String message = told.getMessage() == null ? told.toString() : told.getMessage();
        return shorten(message);
    }

    private static String shorten(String message) {
        String line = message.replaceAll("\\s+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }

    private static boolean isTheConnectors(Throwable t) {
        return t instanceof FlinkException
                && t.getMessage() != null
                && t.getMessage().startsWith("Split '");
    }

    private Diagnosis() {}
}

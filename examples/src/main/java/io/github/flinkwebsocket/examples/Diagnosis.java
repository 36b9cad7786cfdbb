package io.github.flinkwebsocket.examples;

import org.apache.flink.util.FlinkException;

import javax.annotation.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Says in one line, without secrets, why the demo failed. */
final class Diagnosis {

    private static final String LOG = System.getProperty("log.file", "the log");

    private static final int TIMEOUT_MILLIS = 5000;

    /** A server that refuses may send a whole page with it. */
    private static final int MAX_LENGTH = 200;

    /** Why a server could not be reached, found out by knocking at its port. */
    static IOException unreachable(@Nullable URI uri) {
        if (uri == null) {
            return new IOException("no feed could be reached; see " + LOG);
        }
        int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().length() == 2 ? 80 : 443;
        return new IOException(
                String.format("can't connect to %s:%d: %s", uri.getHost(), port, knock(uri, port)));
    }

    private static String knock(URI uri, int port) {
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), port);
        if (address.isUnresolved()) {
            return "unknown host";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            return "it does not open a WebSocket connection; see " + LOG;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** What the connector said, without the exceptions that Flink wraps around it. */
    static String describe(Throwable failure) {
        Throwable told = failure;
        while (!isTheConnectors(told) && told.getCause() != null) {
            told = told.getCause();
        }
        String message = told.getMessage() == null ? told.toString() : told.getMessage();
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

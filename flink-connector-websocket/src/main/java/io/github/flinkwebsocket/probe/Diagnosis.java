package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeResponse;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.probe.analysis.SqlText;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.net.ssl.SSLException;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;

/** Says why there is nothing to show, and what may help. Main thread. */
@Internal
final class Diagnosis {

    private static final int MAX_LENGTH = 300;

    /** The close code of RFC 6455 for messages that are too large. */
    private static final int TOO_LARGE = 1009;

    private final String problem;
    private final String hint;

    private Diagnosis(String problem, String hint) {
        this.problem = problem;
        this.hint = hint;
    }

    /** Of a connection that did not open. */
    static Diagnosis notOpened(Feed feed, Termination termination) {
        UpgradeResponse refusal = termination.refusal();
        if (refusal != null) {
            String body = SqlText.line(refusal.body().strip(), MAX_LENGTH);
            return new Diagnosis(
                    "refused: the server answered the upgrade with status "
                            + refusal.status()
                            + " "
                            + SqlText.line(refusal.reason(), 60)
                            + (body.isEmpty() ? "" : ": " + body),
                    statusHint(feed, refusal));
        }
        Throwable cause = termination.cause();
        String reason = SqlText.line(termination.reason(), MAX_LENGTH);
        String proxy = feed.connection().proxy() == null ? "" : " or of the proxy";
        if (isCausedBy(cause, UnknownHostException.class)) {
            return new Diagnosis(
                    "could not connect (name): " + reason,
                    "check the name of the host" + proxy + "; behind a proxy, set proxy.url");
        }
        if (feed.connection().proxy() != null && reason.contains("proxy")) {
            return new Diagnosis(
                    "could not connect (proxy): " + reason,
                    "check proxy.url, proxy.username and proxy.password");
        }
        if (isCausedBy(cause, SSLException.class)
                || isCausedBy(cause, GeneralSecurityException.class)) {
            return new Diagnosis(
                    "could not connect (TLS): " + reason,
                    reason.contains("SSL message")
                            ? "the port does not speak TLS: ws:// instead of wss://?"
                            : "ws:// if the port does not speak TLS, tls.ca-file for an authority of your own,"
                                    + " tls.certificate-file if the server wants one");
        }
        if (isCausedBy(cause, ConnectException.class)) {
            return new Diagnosis(
                    "could not connect (TCP): " + reason,
                    "check host and port" + proxy + ", and that the server runs");
        }
        if (cause instanceof SocketTimeoutException) {
            return new Diagnosis(
                    "could not connect (no answer): " + reason,
                    "a firewall may drop the packets, or the port speaks another protocol: "
                            + otherScheme(feed));
        }
        return new Diagnosis(
                "could not connect (upgrade): " + reason,
                reason.contains("subprotocol")
                        ? "offer it: --option subprotocols=NAME"
                        : "check that the port speaks WebSocket: " + otherScheme(feed));
    }

    private static String otherScheme(Feed feed) {
        return "wss".equalsIgnoreCase(feed.endpoints().get(0).uri(0, null).getScheme())
                ? "ws:// instead of wss://?"
                : "wss:// instead of ws://?";
    }

    private static boolean isCausedBy(@Nullable Throwable failure, Class<?> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String statusHint(Feed feed, UpgradeResponse refusal) {
        int status = refusal.status();
        if (status == 401 || status == 403) {
            return feed.connection().credentials() == null
                    ? "credentials may be missing: --option auth.token-env=VARIABLE,"
                            + " auth.username and auth.password, or http-headers.NAME=VALUE;"
                            + " some servers want an Origin header"
                    : "the credentials were not accepted; check them, and the header they go in";
        }
        if (status >= 300 && status < 400) {
            String location = refusal.header("Location");
            return location == null
                    ? "the server redirects, but does not say where to"
                    : "the server redirects: use the URL " + SqlText.line(location, MAX_LENGTH);
        }
        if (status == 404 || status == 200) {
            return "check the path of the URL; it may be that of a web page";
        }
        if (status == 400 || status == 426) {
            return "check the query of the URL; the server may want --option subprotocols=...";
        }
        return status == 429 || status == 503
                ? "the server is busy or allows few connects; try again later"
                : "see the documentation of the feed";
    }

    /** Of a connection on which no data came. */
    static Diagnosis noData(Capture capture, ProbeArguments arguments) {
        Termination end = capture.termination();
        String subscribe =
                arguments.openMessages().isEmpty()
                        ? "most feeds send nothing before a subscription: add --open-message"
                        : "check what --open-message sends";
        if (end != null && !end.isRemote() && end.code() == TOO_LARGE) {
            return new Diagnosis(
                    "connected, but the connection broke: "
                            + SqlText.line(end.reason(), MAX_LENGTH),
                    "allow larger ones: --option max-message-size=SIZE");
        }
        if (end != null) {
            String how =
                    end.isRemote()
                            ? "connected, but " + end.reason()
                            : "connected, but the connection broke: " + end.reason();
            return new Diagnosis(
                    SqlText.line(how, MAX_LENGTH),
                    subscribe + "; the server may also want credentials or a subprotocol");
        }
        return new Diagnosis(
                capture.messages().isEmpty()
                        ? "connected, but no message came within " + arguments.seconds() + " s"
                        : "connected, but only control messages came; they are above",
                capture.messages().isEmpty()
                        ? subscribe + ", or give it more --seconds"
                        : subscribe
                                + ", or give it more --seconds; if these are the data, add --option"
                                + " message.record=");
    }

    /** In one line. */
    String problem() {
        return problem;
    }

    /** In one line. */
    String hint() {
        return hint;
    }
}

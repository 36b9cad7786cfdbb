package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.PrintableText;

import org.apache.flink.annotation.Internal;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/**
 * Checks the server's certificate as the JVM does, host name included, but says which certificate
 * is wrong and why. Runs on the I/O thread.
 */
@Internal
final class CertificateCheck extends X509ExtendedTrustManager {

    /** A peer that is not trusted yet names itself. */
    private static final int MAX_NAME = 200;

    private final X509ExtendedTrustManager checker;
    private final String host;

    CertificateCheck(X509ExtendedTrustManager checker, String host) {
        this.checker = checker;
        this.host = host;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            checker.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            throw explain(chain, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            checker.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw explain(chain, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        try {
            checker.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw explain(chain, e);
        }
    }

    private CertificateException explain(X509Certificate[] chain, CertificateException e) {
        X509Certificate first = chain[0];
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException) {
                return explained(outOfDate(chain), "is not valid now", e);
            }
            if (cause instanceof CertPathBuilderException) {
                return explained(
                        chain[chain.length - 1],
                        "has an unknown issuer: "
                                + shown(chain[chain.length - 1].getIssuerX500Principal()),
                        e);
            }
        }
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("No ")) {
            return explained(first, "is not for the host '" + host + "': " + message, e);
        }
        return explained(first, "is not trusted: " + message, e);
    }

    private static X509Certificate outOfDate(X509Certificate[] chain) {
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateException e) {
                return certificate;
            }
        }
        return chain[0];
    }

    private static CertificateException explained(
            X509Certificate which, String why, CertificateException cause) {
        return new CertificateException(
                String.format(
                        "the certificate of '%s' (valid from %s to %s) %s",
                        shown(which.getSubjectX500Principal()),
                        which.getNotBefore().toInstant(),
                        which.getNotAfter().toInstant(),
                        why),
                cause);
    }

    private static String shown(X500Principal name) {
        return PrintableText.cut(PrintableText.escape(name.toString()), MAX_NAME);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return checker.getAcceptedIssuers();
    }
}

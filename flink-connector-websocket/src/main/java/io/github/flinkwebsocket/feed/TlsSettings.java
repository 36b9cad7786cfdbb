package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.List;

/**
 * How to secure {@code wss}. Names files of the TaskManager, which are read at every attempt.
 * Immutable; any thread.
 */
@Internal
public final class TlsSettings implements Serializable {

    private static final long serialVersionUID = 1L;

    /** From the oldest to the newest. */
    private static final List<String> VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    @Nullable private final String caFile;
    @Nullable private final String caPassword;
    @Nullable private final String certificateFile;
    @Nullable private final String keyFile;
    @Nullable private final String keyPassword;
    private final String minVersion;
    private final boolean insecure;

    TlsSettings(ReadableConfig config) {
        caFile = config.getOptional(WebSocketOptions.TLS_CA_FILE).orElse(null);
        caPassword = config.getOptional(WebSocketOptions.TLS_CA_PASSWORD).orElse(null);
        certificateFile = config.getOptional(WebSocketOptions.TLS_CERTIFICATE_FILE).orElse(null);
        keyFile = config.getOptional(WebSocketOptions.TLS_KEY_FILE).orElse(null);
        keyPassword = config.getOptional(WebSocketOptions.TLS_KEY_PASSWORD).orElse(null);
        minVersion = config.get(WebSocketOptions.TLS_MIN_VERSION);
        insecure = config.get(WebSocketOptions.TLS_INSECURE);
        if (!VERSIONS.contains(minVersion)) {
            throw InvalidOption.value(
                    WebSocketOptions.TLS_MIN_VERSION, minVersion, "it must be one of " + VERSIONS);
        }
        if (keyFile != null && certificateFile == null) {
            throw InvalidOption.value(
                    WebSocketOptions.TLS_KEY_FILE,
                    keyFile,
                    "then 'tls.certificate-file' must name the certificate of the key");
        }
        if (insecure && caFile != null) {
            throw InvalidOption.value(
                    WebSocketOptions.TLS_CA_FILE,
                    caFile,
                    "it has no effect while '"
                            + WebSocketOptions.TLS_INSECURE.key()
                            + "' is true; set one of them");
        }
    }

    /** PEM certificates or a key store to trust, or null for the JVM's own. */
    @Nullable
    public String caFile() {
        return caFile;
    }

    @Nullable
    public String caPassword() {
        return caPassword;
    }

    /** PEM certificate chain, or a key store with certificate and key, or null. */
    @Nullable
    public String certificateFile() {
        return certificateFile;
    }

    /** PEM private key of a PEM certificate, or null if it is in the same file. */
    @Nullable
    public String keyFile() {
        return keyFile;
    }

    @Nullable
    public String keyPassword() {
        return keyPassword;
    }

    /** The TLS versions that may be spoken. */
    public List<String> versions() {
        return VERSIONS.subList(VERSIONS.indexOf(minVersion), VERSIONS.size());
    }

    /** Whether any certificate of any host is accepted. */
    public boolean insecure() {
        return insecure;
    }
}

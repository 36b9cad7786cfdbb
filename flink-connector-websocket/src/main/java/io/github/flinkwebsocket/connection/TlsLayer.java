package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.credentials.LocalFaultException;
import io.github.flinkwebsocket.feed.TlsSettings;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;

/**
 * Puts TLS on a connected socket: the host name is checked and sent (SNI), files are read anew, so
 * that rotated certificates are picked up. Runs on the I/O thread.
 */
@Internal
final class TlsLayer {

    private final TlsSettings settings;

    TlsLayer(TlsSettings settings) {
        this.settings = settings;
    }

    /** The socket to speak on, its handshake done; closing it closes the one beneath. */
    Socket handshake(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) context(host).getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(
                Arrays.stream(socket.getSupportedProtocols())
                        .filter(settings.versions()::contains)
                        .toArray(String[]::new));
        if (Hosts.literal(host) == null) {
            // Java itself leaves out names without a dot, such as those of containers.
            parameters.setServerNames(List.of(serverName(host)));
        }
        if (!settings.insecure()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** From bytes, since SNIHostName refuses text with an underscore. */
    private static SNIServerName serverName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return new SNIHostName(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** Of what is on this machine. */
    private SSLContext context(String host) throws LocalFaultException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), new TrustManager[] {trustManager(host)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new LocalFaultException("TLS can't be set up: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LocalFaultException(e.getMessage(), e);
        }
    }

    @Nullable
    private KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        String file = settings.certificateFile();
        if (file == null) {
            return null;
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(
                PemFiles.identity(file, settings.keyFile(), settings.keyPassword()),
                PemFiles.entryPassword(file, settings.keyPassword()));
        return factory.getKeyManagers();
    }

    private TrustManager trustManager(String host) throws IOException, GeneralSecurityException {
        if (settings.insecure()) {
            return new NoCertificateCheck();
        }
        KeyStore trusted =
                settings.caFile() == null
                        ? null // the JVM's own
                        : PemFiles.trustStore(settings.caFile(), settings.caPassword());
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager) {
                return new CertificateCheck((X509ExtendedTrustManager) manager, host);
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager");
    }
}

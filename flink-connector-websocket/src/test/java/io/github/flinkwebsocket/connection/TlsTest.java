package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Certificates;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.RecordingListener;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** TLS to a real TLS server, with certificates of an authority made for the test. */
@Timeout(120)
class TlsTest {

    @TempDir static Path folder;
    private static Certificates certificates;
    private static Path server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(folder);
        server = certificates.serverIdentity();
    }

    @Test
    void trustsTheAuthorityOfAPemFile() throws Exception {
        assertReads(server, options -> set(options, "tls.ca-file", certificates.caPem()));
    }

    @Test
    void trustsTheAuthorityOfAKeyStoreOfEitherType() throws Exception {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            Path store = certificates.caKeyStore(type);
            assertReads(
                    server,
                    options -> {
                        set(options, "tls.ca-file", store);
                        options.set(WebSocketOptions.TLS_CA_PASSWORD, Certificates.PASSWORD);
                    });
        }
    }

    @Test
    void sendsTheHostNameAndChecksItAgainstTheCertificate() throws Exception {
        Path elsewhere = certificates.identity("elsewhere", "dns:other.example", "-validity 10");
        assertRefuses(
                elsewhere,
                options -> set(options, "tls.ca-file", certificates.caPem()),
                "the certificate of 'CN=elsewhere'",
                "is not for the host '127.0.0.1'");
    }

    /** Java leaves out such names, as containers have them, unless it is told to send them. */
    @Test
    void sendsANameWithoutADotToo() throws Exception {
        CompletableFuture<List<SNIServerName>> names = new CompletableFuture<>();
        SSLContext context = certificates.context(server);
        try (ScriptedServer named =
                        ScriptedServer.startTls(
                                context,
                                false,
                                peer -> {
                                    peer.accept();
                                    SSLSession session = ((SSLSocket) peer.socket()).getSession();
                                    names.complete(
                                            ((ExtendedSSLSession) session)
                                                    .getRequestedServerNames());
                                    peer.awaitEnd();
                                });
                Link link =
                        Link.to(
                                named.url("/").replace("127.0.0.1", "localhost"),
                                new RecordingListener(),
                                options ->
                                        options.setString(
                                                "tls.insecure-skip-verification", "true"))) {
            link.listener.awaitOpen();
            assertThat(names.get(30, TimeUnit.SECONDS))
                    .containsExactly(new SNIHostName("localhost"));
        }
    }

    @Test
    void saysThatACertificateHasExpired() throws Exception {
        Path old =
                certificates.identity(
                        "expired", "ip:127.0.0.1", "-startdate 2020/01/01 -validity 10");
        assertRefuses(
                old,
                options -> set(options, "tls.ca-file", certificates.caPem()),
                "the certificate of 'CN=expired' (valid from 20",
                "is not valid now");
    }

    @Test
    void saysThatTheIssuerIsUnknown() throws Exception {
        assertRefuses(
                server, options -> {}, "the certificate of 'CN=Test-CA'", "has an unknown issuer");
    }

    @Test
    void acceptsAnythingIfToldToSkipTheVerification() throws Exception {
        Path elsewhere = certificates.identity("anywhere", "dns:other.example", "-validity 10");
        assertReads(elsewhere, options -> options.set(WebSocketOptions.TLS_INSECURE, true));
    }

    @Test
    void showsAClientCertificateOfPemFilesOrAKeyStore() throws Exception {
        Path client = certificates.identity("client", "", "-validity 10");
        Path chain = certificates.certificatePem(client);
        Path key = certificates.keyPem(client);
        assertReadsWithClientCertificate(
                options -> {
                    set(options, "tls.certificate-file", chain);
                    set(options, "tls.key-file", key);
                });
        Path both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(key) + Files.readString(chain));
        assertReadsWithClientCertificate(options -> set(options, "tls.certificate-file", both));
        assertReadsWithClientCertificate(
                options -> {
                    set(options, "tls.certificate-file", client);
                    options.set(WebSocketOptions.TLS_KEY_PASSWORD, Certificates.PASSWORD);
                });
    }

    @Test
    void readsAnEncryptedPrivateKey() throws Exception {
        Path client = certificates.identity("encrypted", "", "-validity 10");
        Path chain = certificates.certificatePem(client);
        Path key = certificates.encryptedKeyPem(client, "k3y");
        assertReadsWithClientCertificate(
                options -> {
                    set(options, "tls.certificate-file", chain);
                    set(options, "tls.key-file", key);
                    options.set(WebSocketOptions.TLS_KEY_PASSWORD, "k3y");
                });
        assertRefuses(
                server,
                options -> {
                    set(options, "tls.certificate-file", chain);
                    set(options, "tls.key-file", key);
                },
                "the key in '" + key + "' is encrypted; set 'tls.key-password'");
        assertRefuses(
                server,
                options -> {
                    set(options, "tls.certificate-file", chain);
                    set(options, "tls.key-file", key);
                    options.set(WebSocketOptions.TLS_KEY_PASSWORD, "wr0ng");
                },
                "the key in '" + key + "' can't be decrypted with 'tls.key-password'");
    }

    @Test
    void readsFilesAnewForEveryAttempt() throws Exception {
        Path ca = folder.resolve("rotating.pem");
        Files.writeString(ca, "not there yet");
        assertRefuses(
                server,
                options -> set(options, "tls.ca-file", ca),
                "the file '" + ca + "' is neither PEM nor PKCS#12 nor JKS");
        Files.copy(certificates.caPem(), ca, StandardCopyOption.REPLACE_EXISTING);
        assertReads(server, options -> set(options, "tls.ca-file", ca));
    }

    @Test
    void namesWhatIsWrongWithAFile() throws Exception {
        assertRefuses(
                server,
                options -> set(options, "tls.ca-file", folder.resolve("missing")),
                "missing' does not exist or can't be read on this machine");
        Path store = certificates.caKeyStore("PKCS12");
        assertRefuses(
                server,
                options -> {
                    set(options, "tls.ca-file", store);
                    options.set(WebSocketOptions.TLS_CA_PASSWORD, "s3cret");
                },
                "the password of the key store '" + store + "' is wrong or missing");
        assertRefuses(
                server,
                options -> set(options, "tls.certificate-file", certificates.caPem()),
                "holds no private key");
        Path pkcs1 =
                Files.writeString(
                        folder.resolve("pkcs1.pem"),
                        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertRefuses(
                server,
                options -> {
                    set(options, "tls.certificate-file", certificates.caPem());
                    set(options, "tls.key-file", pkcs1);
                },
                "is not PKCS#8; convert it: openssl pkcs8");
    }

    @Test
    void speaksNoVersionOlderThanTheMinimum() throws Exception {
        AtomicReference<String> version = new AtomicReference<>();
        try (ScriptedServer peer =
                        ScriptedServer.startTls(
                                certificates.context(server),
                                false,
                                p -> {
                                    version.set(
                                            ((SSLSocket) p.socket()).getSession().getProtocol());
                                    p.accept().sendText("secret").awaitEnd();
                                });
                Link link =
                        Link.to(
                                peer,
                                options -> {
                                    set(options, "tls.ca-file", certificates.caPem());
                                    options.set(WebSocketOptions.TLS_MIN_VERSION, "TLSv1.3");
                                })) {
            link.listener.awaitMessages(1);
            assertThat(version).hasValue("TLSv1.3");
        }
    }

    // ------------------------------------------------------------------ tools

    private static void set(Configuration options, String key, Path file) {
        options.setString(key, file.toString());
    }

    private static void assertReads(Path identity, Consumer<Configuration> options)
            throws Exception {
        assertReads(identity, false, options);
    }

    private static void assertReadsWithClientCertificate(Consumer<Configuration> options)
            throws Exception {
        assertReads(
                server, true, options.andThen(o -> set(o, "tls.ca-file", certificates.caPem())));
    }

    private static void assertReads(
            Path identity, boolean clientCertificate, Consumer<Configuration> options)
            throws Exception {
        try (ScriptedServer peer =
                        ScriptedServer.startTls(
                                certificates.context(identity),
                                clientCertificate,
                                p -> {
                                    p.accept().send(Frame.text("over TLS"));
                                    p.awaitEnd();
                                });
                Link link = Link.to(peer, options)) {
            link.listener.awaitMessages(1);
            assertThat(link.listener.texts()).containsExactly("over TLS");
        }
    }

    private static void assertRefuses(
            Path identity, Consumer<Configuration> options, String... reasons) throws Exception {
        try (ScriptedServer peer =
                        ScriptedServer.startTls(
                                certificates.context(identity), false, p -> p.accept());
                Link link = Link.to(peer.url("/"), new RecordingListener(), options)) {
            Termination end = link.awaitEnd();
            assertThat(end.code()).isEqualTo(1006);
            assertThat(end.reason()).contains(reasons).doesNotContain("s3cret");
            assertThat(link.listener.isOpened()).isFalse();
        }
    }
}

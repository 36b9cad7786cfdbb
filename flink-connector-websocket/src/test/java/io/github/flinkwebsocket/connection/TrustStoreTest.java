package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Certificates;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Key stores to trust, of the kinds that others make. The folder keystores holds what openssl 3
 * wrote, with the password changeit: two certificates, and once the key of the first.
 */
class TrustStoreTest {

    private static final String PASSWORD = "changeit";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openssl.p12",
                "openssl-legacy.p12",
                "openssl-3des.p12",
                "openssl-plain.p12",
                "openssl-with-key.p12"
            })
    void certificatesOfOpensslAreTrustedAlthoughNothingSaysSo(String file) throws Exception {
        assertThat(trusted(resource(file), PASSWORD))
                .isEqualTo(trusted(resource("certificates.pem"), null))
                .hasSize(2);
    }

    @Test
    void emptyPasswordNeedsNoOption() throws Exception {
        assertThat(trusted(resource("openssl-no-password.p12"), null)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void certificatesThatAreTrustedLeaveTheOthersOut(String type) throws Exception {
        Certificate[] both =
                trusted(resource("certificates.pem"), null).toArray(Certificate[]::new);
        KeyStore store = empty(type);
        store.setCertificateEntry("trusted", both[0]);
        assertThat(trusted(write(store), PASSWORD)).containsExactly(both[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void certificateOfAKeyIsTrustedIfThereIsNoOther(String type) throws Exception {
        KeyStore made = Certificates.load(new Certificates(folder).serverIdentity());
        KeyStore store = empty(type);
        Certificate[] chain = made.getCertificateChain("server");
        store.setKeyEntry(
                "server",
                made.getKey("server", Certificates.PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                chain);
        assertThat(trusted(write(store), PASSWORD)).containsExactlyInAnyOrder(chain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void emptyKeyStoreIsNamedWithItsOptionAndARemedy(String type) throws Exception {
        assertNoTrust(write(empty(type)));
    }

    @Test
    void keyStoreWithAKeyAloneIsNamedWithItsOptionAndARemedy() throws Exception {
        assertNoTrust(resource("openssl-key-alone.p12"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl.p12", "openssl-legacy.p12", "openssl-plain.p12"})
    void wrongPasswordIsNamedWithItsOption(String file) throws Exception {
        for (String password : new String[] {"s3cret", null}) {
            assertThatThrownBy(() -> trusted(resource(file), password))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + "' is wrong or missing; set 'tls.ca-password'")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void fileThatIsCutIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(resource("openssl-plain.p12"));
        for (int length = 1; length < whole.length; length += 7) {
            Path cut = folder.resolve("cut.p12");
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> trusted(cut, PASSWORD)).isInstanceOf(IOException.class);
            assertThatThrownBy(
                            () ->
                                    Pkcs12Certificates.read(
                                            Files.readAllBytes(cut), PASSWORD.toCharArray()))
                    .isInstanceOf(Exception.class);
        }
    }

    private static void assertNoTrust(Path file) {
        assertThatThrownBy(() -> trusted(file, PASSWORD))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "the key store '"
                                + file
                                + "' ('tls.ca-file') holds no certificate to trust",
                        "keytool -importcert");
    }

    private static Set<Certificate> trusted(Path file, String password) throws Exception {
        KeyStore store = PemFiles.trustStore(file.toString(), password);
        Set<Certificate> certificates = new HashSet<>();
        for (String alias : Collections.list(store.aliases())) {
            assertThat(store.isCertificateEntry(alias)).isTrue();
            certificates.add(store.getCertificate(alias));
        }
        return certificates;
    }

    private static KeyStore empty(String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return store;
    }

    private Path write(KeyStore store) throws Exception {
        Path file = folder.resolve("written");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(TrustStoreTest.class.getResource("/keystores/" + name).toURI());
    }
}

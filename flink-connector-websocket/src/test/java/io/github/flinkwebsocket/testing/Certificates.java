package io.github.flinkwebsocket.testing;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** A certificate authority made with the JDK's keytool, in a folder of the test. */
public final class Certificates {

    public static final String PASSWORD = "changeit";

    private final Path folder;

    /** Makes an authority of its own. */
    public Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        keytool(
                "-genkeypair -alias ca -keyalg EC -keysize 256 -dname CN=Test-CA -ext bc:c -validity 30"
                        + " -keystore ca.p12");
        keytool("-exportcert -rfc -alias ca -keystore ca.p12 -file ca.pem");
    }

    /** The authority's certificate, PEM. */
    public Path caPem() {
        return folder.resolve("ca.pem");
    }

    /** A key store with the authority's certificate alone. */
    public Path caKeyStore(String type) throws IOException, InterruptedException {
        String file = "trust." + type;
        if (Files.exists(folder.resolve(file))) {
            return folder.resolve(file);
        }
        keytool(
                "-importcert -noprompt -alias ca -file ca.pem -keystore "
                        + file
                        + " -storetype "
                        + type);
        return folder.resolve(file);
    }

    /** A key store with a key and a certificate that the authority has signed. */
    public Path identity(String name, String subjectAlternativeNames, String validity)
            throws IOException, InterruptedException {
        String store = name + ".p12";
        keytool(
                "-genkeypair -alias "
                        + name
                        + " -keyalg EC -keysize 256 -dname CN="
                        + name
                        + " -keystore "
                        + store);
        keytool("-certreq -alias " + name + " -keystore " + store + " -file " + name + ".csr");
        String names =
                subjectAlternativeNames.isEmpty() ? "" : " -ext san=" + subjectAlternativeNames;
        keytool(
                "-gencert -rfc -alias ca -keystore ca.p12 -infile "
                        + name
                        + ".csr -outfile "
                        + name
                        + ".crt "
                        + validity
                        + names);
        keytool("-importcert -noprompt -alias ca -file ca.pem -keystore " + store);
        keytool("-importcert -alias " + name + " -file " + name + ".crt -keystore " + store);
        return folder.resolve(store);
    }

    /** A server's identity for localhost and 127.0.0.1, valid now. */
    public Path serverIdentity() throws IOException, InterruptedException {
        return identity("server", "dns:localhost,ip:127.0.0.1", "-validity 10");
    }

    /** The certificate chain of an identity, PEM. */
    public Path certificatePem(Path identity) throws IOException, GeneralSecurityException {
        KeyStore store = load(identity);
        StringBuilder pem = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(keyAlias(store))) {
            pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return write(identity, "-chain.pem", pem.toString());
    }

    /** The private key of an identity, PEM in PKCS#8. */
    public Path keyPem(Path identity) throws IOException, GeneralSecurityException {
        KeyStore store = load(identity);
        Key key = store.getKey(keyAlias(store), PASSWORD.toCharArray());
        return write(identity, "-key.pem", pem("PRIVATE KEY", key.getEncoded()));
    }

    /** What a server needs to speak TLS with an identity; trusts this authority's clients. */
    public SSLContext context(Path identity) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(identity), PASSWORD.toCharArray());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(identity));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Loads a key store of this authority. */
    public static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String keyAlias(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return alias;
            }
        }
        throw new IllegalStateException("The key store holds no key.");
    }

    private static Path write(Path identity, String suffix, String text) throws IOException {
        return Files.writeString(Path.of(identity.toString().replace(".p12", suffix)), text);
    }

    private static String pem(String kind, byte[] der) {
        String text =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private void keytool(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments.trim().split(" +")));
        command.addAll(List.of("-storepass", PASSWORD));
        if (!arguments.contains("-storetype")) {
            command.addAll(List.of("-storetype", "PKCS12"));
        }
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool " + arguments + " failed: " + output);
        }
    }
}

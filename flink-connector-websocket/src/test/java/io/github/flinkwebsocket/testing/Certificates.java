package io.github.flinkwebsocket.testing;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import java.io.ByteArrayOutputStream;
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

    /** The object identifier 1.2.840.113549.1.5.13, in DER. */
    private static final byte[] PBES2 = {
        6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 5, 0x0D
    };

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

    /** The same, encrypted with a password (PBES2). */
    public Path encryptedKeyPem(Path identity, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = load(identity);
        Key key = store.getKey(keyAlias(store), PASSWORD.toCharArray());
        String algorithm = "PBEWithHmacSHA256AndAES_128";
        SecretKey secret =
                SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        // EncryptedPrivateKeyInfo of RFC 5958, which the JDK reads but does not write.
        byte[] algorithmIdentifier = der(0x30, PBES2, cipher.getParameters().getEncoded());
        byte[] encrypted = der(0x04, cipher.doFinal(key.getEncoded()));
        return write(
                identity,
                "-encrypted.pem",
                pem("ENCRYPTED PRIVATE KEY", der(0x30, algorithmIdentifier, encrypted)));
    }

    /** A value of ASN.1 in DER, shorter than 64 KiB. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        if (length > 255) {
            der.write(0x82);
            der.write(length >> 8);
        } else if (length > 127) {
            der.write(0x81);
        }
        der.write(length);
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
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

package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates and keys from files: PEM (RFC 7468), or a key store of any type the JVM knows.
 * Runs on the I/O thread, at every attempt.
 */
@Internal
final class PemFiles {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final long MAX_FILE = 4 << 20;
    private static final char[] NO_PASSWORD = new char[0];

    /** A key store of the certificates in the file, to trust. */
    static KeyStore trustStore(String path, @Nullable String password)
            throws IOException, GeneralSecurityException {
        String text = readText(path);
        KeyStore store = emptyStore();
        List<Certificate> certificates;
        if (text.contains("-----BEGIN")) {
            certificates = certificates(path, text);
        } else {
            KeyStore given = keyStore(path, password, "tls.ca-password");
            if (hasTrusted(given)) {
                return given;
            }
            certificates = untrusted(path, given, password);
        }
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("ca-" + i, certificates.get(i));
        }
        return store;
    }

    /**
     * A key store with a certificate chain and its key.
     *
     * @param keyPath where the key is, if not in the same file
     */
    static KeyStore identity(String path, @Nullable String keyPath, @Nullable String password)
            throws IOException, GeneralSecurityException {
        String text = readText(path);
        if (!text.contains("-----BEGIN")) {
            KeyStore given = keyStore(path, password, "tls.key-password");
            for (String alias : Collections.list(given.aliases())) {
                if (given.isKeyEntry(alias)) {
                    return given;
                }
            }
            throw new IOException("the key store '" + path + "' holds no private key");
        }
        String keyFile = keyPath == null ? path : keyPath;
        PrivateKey key = privateKey(keyFile, readText(keyFile), password);
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "identity", key, NO_PASSWORD, certificates(path, text).toArray(new Certificate[0]));
        return store;
    }

    /** The password of the entries of what {@link #identity} returned. */
    static char[] entryPassword(String path, @Nullable String password) throws IOException {
        boolean pem = readText(path).contains("-----BEGIN");
        return pem ? NO_PASSWORD : chars(password);
    }

    private static String readText(String path) throws IOException {
        File file = new File(path);
        if (!file.canRead()) {
            throw new IOException(
                    "the file '" + path + "' does not exist or can't be read on this machine");
        }
        if (file.length() > MAX_FILE) {
            throw new IOException("the file '" + path + "' is larger than " + MAX_FILE + " bytes");
        }
        return new String(Files.readAllBytes(file.toPath()), StandardCharsets.ISO_8859_1);
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static boolean hasTrusted(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    /** The certificates of a key store that says of none that it is trusted. */
    private static List<Certificate> untrusted(
            String path, KeyStore store, @Nullable String password)
            throws IOException, GeneralSecurityException {
        Set<Certificate> certificates = new LinkedHashSet<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            certificates.addAll(List.of(chain == null ? new Certificate[0] : chain));
        }
        byte[] file = Files.readAllBytes(new File(path).toPath());
        if (file[0] == Pkcs12Certificates.SEQUENCE) {
            try {
                certificates.addAll(Pkcs12Certificates.read(file, chars(password)));
            } catch (IOException | GeneralSecurityException e) {
                throw noTrust(path, e);
            }
        }
        if (certificates.isEmpty()) {
            throw noTrust(path, null);
        }
        return List.copyOf(certificates);
    }

    private static IOException noTrust(String path, @Nullable Exception cause) {
        return new IOException(
                "the key store '"
                        + path
                        + "' ('tls.ca-file') holds no certificate to trust; make one with keytool"
                        + " -importcert -file ca.pem -keystore trust.p12, or name the PEM file itself",
                cause);
    }

    private static char[] chars(@Nullable String password) {
        return password == null ? NO_PASSWORD : password.toCharArray();
    }

    private static KeyStore keyStore(String path, @Nullable String password, String option)
            throws IOException, GeneralSecurityException {
        for (String type : List.of("PKCS12", "JKS")) {
            KeyStore store = KeyStore.getInstance(type);
            try (InputStream in = new FileInputStream(path)) {
                store.load(in, chars(password));
                return store;
            } catch (IOException e) {
                if (e.getCause() instanceof GeneralSecurityException) {
                    throw new IOException(
                            "the password of the key store '"
                                    + path
                                    + "' is wrong or missing; set '"
                                    + option
                                    + "'",
                            e);
                }
                // Another type, perhaps.
            }
        }
        throw new IOException("the file '" + path + "' is neither PEM nor PKCS#12 nor JKS");
    }

    private static List<Certificate> certificates(String path, String text)
            throws IOException, GeneralSecurityException {
        List<Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                byte[] der = Base64.getMimeDecoder().decode(block.group(2));
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("the file '" + path + "' holds no certificate");
        }
        return certificates;
    }

    private static PrivateKey privateKey(String path, String text, @Nullable String password)
            throws IOException, GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            switch (block.group(1)) {
                case "PRIVATE KEY":
                    return decode(path, new PKCS8EncodedKeySpec(der));
                case "ENCRYPTED PRIVATE KEY":
                    return decode(path, decrypt(path, der, password));
                case "RSA PRIVATE KEY":
                case "EC PRIVATE KEY":
                    throw new IOException(
                            "the key in '"
                                    + path
                                    + "' is not PKCS#8; convert it: openssl pkcs8 -topk8 -nocrypt -in"
                                    + " old.pem -out new.pem");
                default:
                    // A certificate, say.
            }
        }
        throw new IOException("the file '" + path + "' holds no private key");
    }

    private static PKCS8EncodedKeySpec decrypt(String path, byte[] der, @Nullable String password)
            throws IOException, GeneralSecurityException {
        if (password == null) {
            throw new IOException("the key in '" + path + "' is encrypted; set 'tls.key-password'");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        String algorithm = algorithm(info);
        try {
            SecretKey key =
                    SecretKeyFactory.getInstance(algorithm)
                            .generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the key in '" + path + "' can't be decrypted with 'tls.key-password'", e);
        }
    }

    /** For PBES2 the name of the algorithm is in the parameters. */
    static String algorithm(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        return name.equals("PBES2") || name.startsWith("1.2.840")
                ? info.getAlgParameters().toString()
                : name;
    }

    private static PrivateKey decode(String path, PKCS8EncodedKeySpec spec) throws IOException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA", "DSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                // Another algorithm, perhaps.
            }
        }
        throw new IOException("the key in '" + path + "' is of no kind this JVM knows");
    }

    private PemFiles() {}
}

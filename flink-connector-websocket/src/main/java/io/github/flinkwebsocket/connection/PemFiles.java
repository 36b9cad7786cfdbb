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
import java.util.List;
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
        if (!text.contains("-----BEGIN")) {
            return keyStore(path, password);
        }
        KeyStore store = emptyStore();
        List<Certificate> certificates = certificates(path, text);
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
            return keyStore(path, password);
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
        return pem || password == null ? NO_PASSWORD : password.toCharArray();
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

    private static KeyStore keyStore(String path, @Nullable String password)
            throws IOException, GeneralSecurityException {
        char[] chars = password == null ? NO_PASSWORD : password.toCharArray();
        for (String type : List.of("PKCS12", "JKS")) {
            KeyStore store = KeyStore.getInstance(type);
            try (InputStream in = new FileInputStream(path)) {
                store.load(in, chars);
                return store;
            } catch (IOException e) {
                if (e.getCause() instanceof GeneralSecurityException) {
                    throw new IOException(
                            "the password of the key store '" + path + "' is wrong or missing", e);
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
        // For PBES2 the name of the algorithm is in the parameters.
        String algorithm =
                info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.2.840")
                        ? info.getAlgParameters().toString()
                        : info.getAlgName();
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

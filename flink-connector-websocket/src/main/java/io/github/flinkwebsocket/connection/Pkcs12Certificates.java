package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the certificates of a PKCS#12 file (RFC 7292) that Java's key store leaves out, because
 * they have no attribute of Java's that says that they are trusted; openssl writes none. Expects a
 * file whose password has been checked, in DER. Runs on the I/O thread.
 */
@Internal
final class Pkcs12Certificates {

    /** The first byte of such a file; one of JKS has another. */
    static final int SEQUENCE = 0x30;

    private static final int CONTEXT_0 = 0xA0;
    private static final int OCTET_STRING = 0x04;

    /**
     * The identifiers that end with these bytes are all that can stand where they are looked for.
     */
    private static final int DATA = 1;

    private static final int ENCRYPTED_DATA = 6;
    private static final int CERTIFICATE_BAG = 3;

    private final char[] password;
    private final List<Certificate> certificates = new ArrayList<>();

    private Pkcs12Certificates(char[] password) {
        this.password = password;
    }

    /** All certificates of a file. */
    static List<Certificate> read(byte[] file, char[] password)
            throws IOException, GeneralSecurityException {
        Pkcs12Certificates reader = new Pkcs12Certificates(password);
        try {
            // PFX: version, authSafe, macData
            ByteBuffer pfx = enter(ByteBuffer.wrap(file), SEQUENCE);
            skip(pfx);
            ByteBuffer authSafe = enter(pfx, SEQUENCE);
            skip(authSafe);
            ByteBuffer contents = enter(enter(enter(authSafe, CONTEXT_0), OCTET_STRING), SEQUENCE);
            while (contents.hasRemaining()) {
                reader.readContent(enter(contents, SEQUENCE));
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("it is no PKCS#12 file in DER", e);
        }
        return reader.certificates;
    }

    private void readContent(ByteBuffer content) throws IOException, GeneralSecurityException {
        int type = lastByte(content);
        ByteBuffer value = enter(content, CONTEXT_0);
        if (type == DATA) {
            readBags(enter(value, OCTET_STRING));
        } else if (type == ENCRYPTED_DATA) {
            ByteBuffer encrypted = enter(value, SEQUENCE);
            skip(encrypted); // version
            ByteBuffer info = enter(encrypted, SEQUENCE);
            skip(info); // the type, data
            readBags(ByteBuffer.wrap(decrypt(info)));
        }
    }

    /** The JDK decrypts by what the algorithm's identifier says only if it is that of a key. */
    private byte[] decrypt(ByteBuffer info) throws IOException, GeneralSecurityException {
        byte[] algorithm = whole(info);
        byte[] content = whole(info);
        content[0] = OCTET_STRING;
        EncryptedPrivateKeyInfo encrypted =
                new EncryptedPrivateKeyInfo(sequence(algorithm, content));
        String name = PemFiles.algorithm(encrypted);
        SecretKey secret =
                SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(password));
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(Cipher.DECRYPT_MODE, secret, encrypted.getAlgParameters());
        return cipher.doFinal(encrypted.getEncryptedData());
    }

    private void readBags(ByteBuffer safeContents) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        ByteBuffer bags = enter(safeContents, SEQUENCE);
        while (bags.hasRemaining()) {
            ByteBuffer bag = enter(bags, SEQUENCE);
            if (lastByte(bag) == CERTIFICATE_BAG) {
                ByteBuffer certificate = enter(enter(bag, CONTEXT_0), SEQUENCE);
                skip(certificate); // the type, X.509
                byte[] der = rest(enter(enter(certificate, CONTEXT_0), OCTET_STRING));
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        }
    }

    // ------------------------------------------------------------------ DER

    /** The content of the next value, which is passed. */
    private static ByteBuffer enter(ByteBuffer in, int tag) {
        if ((in.get(in.position()) & 0xFF) != tag) {
            throw new IllegalArgumentException("unexpected tag");
        }
        return next(in);
    }

    private static void skip(ByteBuffer in) {
        next(in);
    }

    private static ByteBuffer next(ByteBuffer in) {
        int at = in.position() + 2;
        int length = in.get(in.position() + 1) & 0xFF;
        if (length == 0x80) {
            throw new IllegalArgumentException("indefinite length");
        }
        if (length > 0x80) {
            int size = length & 0x7F;
            length = 0;
            for (int i = 0; i < size; i++) {
                length = length << 8 | (in.get(at++) & 0xFF);
            }
        }
        ByteBuffer content = in.duplicate();
        // The limit first: it refuses what the enclosing value does not hold.
        content.limit(Math.addExact(at, length)).position(at);
        in.position(at + length);
        return content.slice();
    }

    private static byte[] sequence(byte[] first, byte[] second) {
        int length = first.length + second.length;
        int size = length < 0x80 ? 0 : length <= 0xFF ? 1 : length <= 0xFFFF ? 2 : 3;
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(SEQUENCE);
        der.write(size == 0 ? length : 0x80 | size);
        for (int i = size - 1; i >= 0; i--) {
            der.write(length >> 8 * i);
        }
        der.writeBytes(first);
        der.writeBytes(second);
        return der.toByteArray();
    }

    private static byte[] whole(ByteBuffer in) {
        ByteBuffer value = in.duplicate();
        skip(in);
        value.limit(in.position());
        return rest(value);
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    /** The last byte of an identifier. */
    private static int lastByte(ByteBuffer in) {
        byte[] identifier = rest(next(in));
        return identifier[identifier.length - 1];
    }
}

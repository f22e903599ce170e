package dev.stacked.runtime.app.internal.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses an RSA or EC private key in PEM: PKCS#8, not encrypted. */
final class PrivateKeyPem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_FORM = Pattern.compile("-----BEGIN (RSA|EC|DSA) PRIVATE KEY-----");
    private static final Pattern ENCRYPTED =
            Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");

    private PrivateKeyPem() {}

    /** @param file the source of the text */
    static PrivateKey parse(String text, PemFile file) throws InvalidPemException {
        if (ENCRYPTED.matcher(text).find()) {
            throw file.breaks("must hold a private key without a password; 'openssl pkcs8' takes it off");
        }
        if (OTHER_FORM.matcher(text).find()) {
            throw file.breaks("must hold a private key as PKCS#8; 'openssl pkcs8 -topk8 -nocrypt' makes it so");
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw file.breaks("must hold a private key in PEM, which begins with -----BEGIN PRIVATE KEY-----");
        }
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = decode(block.group(1), algorithm);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw file.breaks("must hold a private key of RSA or EC");
    }

    /** Empty if the key is of another algorithm or invalid. */
    private static Optional<PrivateKey> decode(String base64, String algorithm) {
        try {
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has both algorithms
        }
    }
}

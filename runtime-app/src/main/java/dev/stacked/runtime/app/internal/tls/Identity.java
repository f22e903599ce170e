package dev.stacked.runtime.app.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate chain and its private key.
 *
 * @param chain the own certificate, followed by the intermediate ones up to a known authority
 * @param key the private key of the own certificate
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    private static final char[] IN_MEMORY_ONLY = new char[0];

    /** Copies the chain. */
    Identity {
        chain = List.copyOf(chain);
    }

    /** When the first certificate of the chain expires that does. */
    Instant expiry() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * Key managers that present this identity.
     *
     * @param alias its name in the key store
     * @throws KeyStoreException if the chain is out of order or incomplete
     */
    KeyManager[] keyManagers(String alias) throws KeyStoreException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, key, IN_MEMORY_ONLY, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY_ONLY);
            return factory.getKeyManagers();
        } catch (KeyStoreException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key store in memory failed.", e);
        }
    }

    /** What the two files hold at one time. */
    record Pem(PemFile certificates, String certificatesText, PemFile key, String keyText) {
        static Pem read(PemFile certificates, PemFile key) throws InvalidPemException {
            return new Pem(certificates, certificates.read(), key, key.read());
        }

        /** The validated identity. */
        Identity identity() throws InvalidPemException {
            List<X509Certificate> chain = chain();
            PrivateKey privateKey = PrivateKeyPem.parse(keyText, key);
            if (!belongTogether(chain.get(0).getPublicKey(), privateKey)) {
                throw key.breaks("must be the private key of the first certificate in " + certificates.option() + " '"
                        + certificates.path() + "'");
            }
            return new Identity(chain, privateKey);
        }

        private List<X509Certificate> chain() throws InvalidPemException {
            return certificates.certificates(certificatesText);
        }

        /** The JDK rejects a chain in which a certificate is not issued by the next one. */
        InvalidPemException chainBroken() {
            return certificates.breaks("must hold the server's certificate first, each other one after the"
                    + " certificate that it issued, and none twice");
        }
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        byte[] sample = {1, 2, 3};
        String algorithm = privateKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // different algorithms
        }
    }
}

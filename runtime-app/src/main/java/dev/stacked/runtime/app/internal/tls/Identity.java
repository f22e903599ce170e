package dev.stacked.runtime.app.internal.tls;

import dev.stacked.runtime.app.internal.options.TlsOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The server's certificate chain and private key.
 *
 * @param chain the server's certificate, followed by the intermediate ones up to a known authority
 * @param key the private key of the server's certificate
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
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

    /** What the two files hold at one time. */
    record Pem(PemFile certificates, String certificatesText, PemFile key, String keyText) {
        static Pem read(TlsOptions.Files files) throws InvalidPemException {
            PemFile certificates = new PemFile(TlsOptions.Files.CERTIFICATES_OPTION, files.certificates());
            PemFile key = new PemFile(TlsOptions.Files.KEY_OPTION, files.key());
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
            byte[] bytes = certificatesText.getBytes(StandardCharsets.ISO_8859_1);
            try {
                List<X509Certificate> chain =
                        CertificateFactory.getInstance("X.509")
                                .generateCertificates(new ByteArrayInputStream(bytes))
                                .stream()
                                .map(X509Certificate.class::cast)
                                .toList();
                if (!chain.isEmpty()) {
                    return chain;
                }
            } catch (CertificateException e) {
                throw broken();
            }
            throw broken();
        }

        /** The JDK rejects a chain in which a certificate is not issued by the next one. */
        InvalidPemException chainBroken() {
            return certificates.breaks("must hold the server's certificate first, each other one after the"
                    + " certificate that it issued, and none twice");
        }

        private InvalidPemException broken() {
            return certificates.breaks(
                    "must hold certificates in PEM, each of which begins with -----BEGIN CERTIFICATE-----");
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

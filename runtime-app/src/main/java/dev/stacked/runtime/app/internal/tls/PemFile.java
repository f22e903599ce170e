package dev.stacked.runtime.app.internal.tls;

import dev.stacked.runtime.app.internal.options.TextFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A file set by an option.
 *
 * @param option name of the option, such as {@code --tls-key}
 * @param path the file
 */
record PemFile(String option, Path path) {
    /** PEM files have a few kilobytes; a larger file is of another kind. */
    private static final int MAX_BYTES = 1 << 20;

    /** Reads the file's current content. */
    String read() throws InvalidPemException {
        return TextFiles.read(path, MAX_BYTES, "must be a PEM file; this one is too large for that", this::breaks);
    }

    /** The certificates in this text of the file, at least one. */
    List<X509Certificate> certificates(String text) throws InvalidPemException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            List<X509Certificate> all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!all.isEmpty()) {
                return all;
            }
        } catch (CertificateException e) {
            throw noCertificates();
        }
        throw noCertificates();
    }

    private InvalidPemException noCertificates() {
        return breaks("must hold certificates in PEM, each of which begins with -----BEGIN CERTIFICATE-----");
    }

    InvalidPemException breaks(String rule) {
        return new InvalidPemException(this, rule);
    }
}

package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the server speaks TLS. */
public sealed interface TlsOptions {
    /** It does not. */
    record Off() implements TlsOptions {}

    /**
     * It does, with these PEM files.
     *
     * @param certificates the server's own certificate, and those that lead from it to a known authority
     * @param key the private key of the first certificate
     */
    record Files(Path certificates, Path key) implements TlsOptions {
        /** The option that names the certificates. */
        public static final String CERTIFICATES_OPTION = "--tls-cert";

        /** The option that names the key. */
        public static final String KEY_OPTION = "--tls-key";

        private static final Option<Optional<Path>> CERTIFICATES = Option.optional(
                CERTIFICATES_OPTION,
                "FILE",
                Values.file(),
                "PEM file with the certificate and its chain. With it the server speaks https and HTTP/2.");

        private static final Option<Optional<Path>> KEY = Option.optional(
                KEY_OPTION,
                "FILE",
                Values.file(),
                "PEM file with its private key, PKCS#8 without a password. Both are read again when they change.");

        static final List<Option<?>> ALL = List.of(CERTIFICATES, KEY);

        /** @throws InvalidOptionsException if only one of the two files is named */
        static TlsOptions of(Reading given) {
            Optional<Path> certificates = given.get(CERTIFICATES);
            Optional<Path> key = given.get(KEY);
            if (certificates.isPresent() && key.isPresent()) {
                return new Files(certificates.get(), key.get());
            }
            if (certificates.isPresent()) {
                throw given.setting(CERTIFICATES).breaks("must be given together with " + KEY_OPTION);
            }
            if (key.isPresent()) {
                throw given.setting(KEY).breaks("must be given together with " + CERTIFICATES_OPTION);
            }
            return new Off();
        }
    }
}

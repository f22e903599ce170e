package dev.stacked.runtime.app.options;

import java.nio.file.Path;

/** Whether the server speaks TLS. */
public sealed interface TlsOptions {
    /** It does not. */
    record Off() implements TlsOptions {}

    /**
     * It does, with what these files hold in PEM.
     *
     * @param certificates the server's own certificate, and those that lead from it to a known authority
     * @param key the private key of the first certificate
     */
    record Files(Path certificates, Path key) implements TlsOptions {
        /** The option that names the certificates. */
        public static final String CERTIFICATES_OPTION = "--tls-cert";

        /** The option that names the key. */
        public static final String KEY_OPTION = "--tls-key";

        /** The option without which this one says nothing. */
        static String other(String option) {
            return option.equals(KEY_OPTION) ? CERTIFICATES_OPTION : KEY_OPTION;
        }
    }
}

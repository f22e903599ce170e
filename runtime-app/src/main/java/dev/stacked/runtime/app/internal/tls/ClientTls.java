package dev.stacked.runtime.app.internal.tls;

import dev.stacked.runtime.app.internal.log.ReloadLog;
import dev.stacked.runtime.app.internal.options.UpstreamAccessOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS towards the upstream: the certificate to present and the authorities to trust, each from files that can be reloaded
 * at run time. Changed files make another context, which distinguishes old connections from new ones. Thread-safe.
 */
public final class ClientTls {
    private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);

    /** The content of the files at one time; null for those that are not named. */
    private record Pem(
            Identity.@Nullable Pem identity,
            @Nullable PemFile authorities,
            @Nullable String authoritiesText) {
        static Pem read(UpstreamAccessOptions files) throws InvalidPemException {
            Identity.Pem identity = files.certificates() == null || files.key() == null
                    ? null
                    : Identity.Pem.read(
                            new PemFile(UpstreamAccessOptions.CERTIFICATES_OPTION, files.certificates()),
                            new PemFile(UpstreamAccessOptions.KEY_OPTION, files.key()));
            PemFile authorities = files.authorities() == null
                    ? null
                    : new PemFile(UpstreamAccessOptions.AUTHORITIES_OPTION, files.authorities());
            return new Pem(identity, authorities, authorities == null ? null : authorities.read());
        }

        SSLContext context() throws InvalidPemException {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keyManagers(), trustManagers(), null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }

        private KeyManager @Nullable [] keyManagers() throws InvalidPemException {
            if (identity == null) {
                return null;
            }
            try {
                return identity.identity().keyManagers("upstream");
            } catch (KeyStoreException e) {
                throw identity.chainBroken();
            }
        }

        private TrustManager @Nullable [] trustManagers() throws InvalidPemException, GeneralSecurityException {
            if (authorities == null || authoritiesText == null) {
                return null;
            }
            List<X509Certificate> trusted = authorities.certificates(authoritiesText);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try {
                store.load(null, null);
            } catch (IOException e) {
                throw new IllegalStateException("The key store in memory failed.", e);
            }
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("authority-" + i, trusted.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        }
    }

    private final UpstreamAccessOptions files;
    private Pem inUse;
    private volatile SSLContext context;
    private final ReloadLog reloads = new ReloadLog(LOG, "TLS files of the upstream", "ones");

    private ClientTls(UpstreamAccessOptions files, Pem pem) throws InvalidPemException {
        this.files = files;
        this.inUse = pem;
        this.context = pem.context();
    }

    /**
     * Reads the files. Blocks on file I/O.
     *
     * @throws InvalidPemException if a file is invalid; names the file and the rule
     */
    public static ClientTls read(UpstreamAccessOptions files) throws InvalidPemException {
        return new ClientTls(files, Pem.read(files));
    }

    /** The context for new connections. */
    public SSLContext context() {
        return context;
    }

    /** Reloads the files. Invalid files are logged once and never fail the caller. Blocks on file I/O. */
    public synchronized void reload() {
        try {
            Pem now = Pem.read(files);
            if (!now.equals(inUse)) {
                context = now.context();
                inUse = now;
                LOG.info("TLS files of the upstream replaced");
            }
            reloads.usable();
        } catch (InvalidPemException e) {
            reloads.unusable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // an exception would stop the timer for good
            reloads.unusable(e.toString());
            LOG.debug("Reading the TLS files of the upstream failed", e);
        }
    }
}

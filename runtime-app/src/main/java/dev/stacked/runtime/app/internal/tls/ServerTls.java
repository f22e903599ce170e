package dev.stacked.runtime.app.internal.tls;

import dev.stacked.runtime.app.internal.log.ReloadLog;
import dev.stacked.runtime.app.internal.options.TlsOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS with a certificate and key from two files, which can be reloaded at run time. Thread-safe. */
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private final TlsOptions.Files files;
    private final ReplaceableIdentity identity;
    private final SSLContext context;
    private Identity.Pem inUse;
    private volatile Instant expiry;
    private final ReloadLog reloads = new ReloadLog(LOG, "TLS files", "certificate");

    private ServerTls(TlsOptions.Files files, Identity.Pem pem) throws InvalidPemException {
        this.files = files;
        this.inUse = pem;
        Identity first = pem.identity();
        expiry = first.expiry();
        try {
            identity = new ReplaceableIdentity(first);
        } catch (KeyStoreException e) {
            throw pem.chainBroken();
        }
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity}, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /**
     * Reads the files. Blocks on file I/O.
     *
     * @throws InvalidPemException if a file is invalid; names the file and the rule
     */
    public static ServerTls read(TlsOptions.Files files) throws InvalidPemException {
        return new ServerTls(files, pem(files));
    }

    private static Identity.Pem pem(TlsOptions.Files files) throws InvalidPemException {
        return Identity.Pem.read(
                new PemFile(TlsOptions.Files.CERTIFICATES_OPTION, files.certificates()),
                new PemFile(TlsOptions.Files.KEY_OPTION, files.key()));
    }

    /** The context for new connections; it presents the identity that was read last. */
    public SSLContext context() {
        return context;
    }

    /** When the certificate in use expires, or a certificate of its chain if that is earlier. */
    public Instant expiry() {
        return expiry;
    }

    /**
     * Reloads the files. Valid contents apply to new connections; open ones are unaffected. Invalid files are logged
     * once and never fail the caller. Blocks on file I/O.
     */
    public synchronized void reload() {
        try {
            Identity.Pem now = pem(files);
            if (!now.equals(inUse)) {
                Identity replacement = now.identity();
                replace(replacement, now);
                inUse = now;
                expiry = replacement.expiry();
                LOG.info(
                        "TLS certificate replaced; the new one is valid until {}",
                        replacement.chain().get(0).getNotAfter().toInstant());
            }
            reloads.usable();
        } catch (InvalidPemException e) {
            reloads.unusable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // an exception would stop the timer for good
            reloads.unusable(e.toString());
            LOG.debug("Reading the TLS files failed", e);
        }
    }

    private void replace(Identity replacement, Identity.Pem source) throws InvalidPemException {
        try {
            identity.replace(replacement);
        } catch (KeyStoreException e) {
            throw source.chainBroken();
        }
    }
}

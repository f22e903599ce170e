package dev.stacked.runtime.app.tls;

import dev.stacked.runtime.app.options.TlsOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS with what two files hold. Which that is can be looked up again while the server goes on. Thread-safe. */
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private final TlsOptions.Files files;
    private final ReplaceableIdentity identity;
    private final SSLContext context;
    private Identity.Pem inUse;
    private volatile Instant expiry;
    private String complaint = "";

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
     * Reads the files. It blocks for as long as that takes.
     *
     * @throws InvalidPemException naming the file that is wrong, and the rule
     */
    public static ServerTls read(TlsOptions.Files files) throws InvalidPemException {
        return new ServerTls(files, Identity.Pem.read(files));
    }

    /** What makes connections; it shows them the identity that was read last. */
    public SSLContext context() {
        return context;
    }

    /** When the certificate in use expires, or a certificate of its chain if that is earlier. */
    public Instant expiry() {
        return expiry;
    }

    /**
     * Reads the files again: new connections get what they hold now, if it is sound. Those that are open stay as they
     * are. Files that cannot be used are logged once and never fail the caller. It blocks for as long as that takes.
     */
    public synchronized void reload() {
        try {
            Identity.Pem now = Identity.Pem.read(files);
            if (!now.equals(inUse)) {
                Identity replacement = now.identity();
                replace(replacement, now);
                inUse = now;
                expiry = replacement.expiry();
                LOG.info(
                        "The TLS certificate was replaced by one that is valid until {}",
                        replacement.chain().get(0).getNotAfter().toInstant());
            }
            complaint = "";
        } catch (InvalidPemException e) {
            warnOnce(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // the timer that calls this would stop for ever
            warnOnce(e.toString());
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

    private void warnOnce(String problem) {
        if (problem.equals(complaint)) {
            LOG.debug("The TLS files are still not usable: {}", problem);
            return;
        }
        complaint = problem;
        LOG.warn("The TLS files cannot be used, and the certificate from before is kept: {}", problem);
    }
}

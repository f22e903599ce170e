package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;

/** The public keys that tokens are verified with. */
public abstract sealed class JwtKeys permits IssuedKeys, FileKeys {
    /**
     * The keys that an issuer publishes as a JWK set. Nothing is fetched yet.
     *
     * @param url http or https
     * @throws IllegalArgumentException if it is no such URL
     */
    public static JwtKeys published(URI url) {
        String scheme = url.getScheme();
        if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) || url.getHost() == null) {
            throw new IllegalArgumentException("Keys are fetched by http or https, not from '" + url + "'.");
        }
        return new IssuedKeys(url);
    }

    /**
     * The keys of a file: public keys in PEM, or a JWK set. {@link JwtAuthorizer#reloadKeys} reads it
     * again.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it holds anything else, saying what
     */
    public static JwtKeys ofFile(Path file) throws IOException {
        return FileKeys.read(file);
    }

    abstract JWKSource<SecurityContext> source(Clock clock);

    /**
     * Checks that tokens that are signed in one of these ways can be verified with one of the keys, as far as that is
     * known.
     *
     * @throws IllegalArgumentException if no key fits, saying which there are
     */
    abstract void requireFit(Collection<String> algorithms);

    /** Reads the keys again if they are those of a file; those that do not fit are logged once and not used. */
    abstract void reload(Collection<String> algorithms);
}

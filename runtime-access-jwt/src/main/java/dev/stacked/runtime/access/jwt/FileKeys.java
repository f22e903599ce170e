package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a file, which can be read again. Thread-safe. */
final class FileKeys extends JwtKeys {
    private static final Logger LOG = LoggerFactory.getLogger(FileKeys.class);

    private final Path file;
    private volatile KeyFile inUse;
    private String complaint = "";

    private FileKeys(Path file, KeyFile inUse) {
        this.file = file;
        this.inUse = inUse;
    }

    static FileKeys read(Path file) throws IOException {
        return new FileKeys(file, KeyFile.read(file));
    }

    @Override
    JWKSource<SecurityContext> source(Clock clock) {
        return (selector, context) -> inUse.select(selector);
    }

    @Override
    void requireFit(Collection<String> algorithms) {
        requireFit(inUse, algorithms);
    }

    private static void requireFit(KeyFile keys, Collection<String> algorithms) {
        boolean fits = algorithms.stream()
                .map(JWSAlgorithm::parse)
                .anyMatch(algorithm -> keys.keys().stream().anyMatch(key -> fits(key, algorithm)));
        if (!fits) {
            String kinds = keys.keys().stream().map(FileKeys::kind).distinct().collect(Collectors.joining(", "));
            throw new IllegalArgumentException("it holds no key for " + String.join(" or ", new TreeSet<>(algorithms))
                    + ": its keys are " + kinds);
        }
    }

    /** Whether tokens that are signed in this way can be verified with this key. */
    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        JWKMatcher.Builder wanted = new JWKMatcher.Builder()
                .keyType(KeyType.forAlgorithm(algorithm))
                .keyUses(KeyUse.SIGNATURE, null)
                .algorithms(algorithm, null);
        if (key instanceof ECKey) {
            wanted.curves(Curve.forJWSAlgorithm(algorithm));
        }
        return wanted.build().matches(key);
    }

    private static String kind(JWK key) {
        String type = key instanceof ECKey ec
                ? "EC " + ec.getCurve()
                : key.getKeyType().getValue();
        String algorithm = key.getAlgorithm() == null ? "" : " for " + key.getAlgorithm();
        String use = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE) ? "" : " not for signatures";
        return type + algorithm + use;
    }

    @Override
    synchronized void reload(Collection<String> algorithms) {
        try {
            KeyFile now = KeyFile.read(file);
            if (!now.text().equals(inUse.text())) {
                requireFit(now, algorithms);
                inUse = now;
                LOG.info(
                        "The keys of tokens were replaced by the {} that '{}' holds now",
                        now.keys().size(),
                        file);
            }
            complaint = "";
        } catch (IOException e) {
            warnOnce("it cannot be read");
        } catch (IllegalArgumentException e) {
            warnOnce(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // otherwise the timer that calls this would never run again
            warnOnce(e.toString());
            LOG.debug("Reading the key file failed", e);
        }
    }

    private void warnOnce(String problem) {
        if (problem.equals(complaint)) {
            LOG.debug("The key file '{}' is still not usable: {}", file, problem);
            return;
        }
        complaint = problem;
        LOG.warn("The key file '{}' cannot be used, and the keys from before are kept: {}", file, problem);
    }
}

package dev.stacked.runtime.authorize.jwt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were found valid lately, so that asking again is cheap. Only what is valid is kept, only for a minute,
 * and under the hash of the token: nothing here can be used as one. Thread-safe.
 */
final class VerifiedTokens {
    static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private record Known(Grant grant, Instant until) {}

    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    VerifiedTokens(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<Grant> find(String token) {
        String hash = hash(token);
        @Nullable Known found = known.get(hash);
        if (found == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(found.until())) {
            known.remove(hash);
            return Optional.empty();
        }
        return Optional.of(found.grant());
    }

    synchronized void add(String token, Grant grant) {
        Instant soon = clock.instant().plus(KEPT);
        Instant until = soon.isBefore(grant.expiry()) ? soon : grant.expiry();
        String hash = hash(token);
        known.remove(hash); // so that it becomes the newest
        known.put(hash, new Known(grant, until));
    }

    synchronized int size() {
        return known.size();
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows SHA-256.", e);
        }
    }
}

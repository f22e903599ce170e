package dev.stacked.runtime.access.jwt;

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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cache of verified tokens, which makes repeated authorization cheap. It keeps valid tokens only, for one minute at
 * most, under their SHA-256 hash: a cache entry cannot be used as a token. Thread-safe; hashes are computed outside the
 * lock, as all streams of a stack authorize at the same moment.
 */
final class VerifiedTokens {
    static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MAX_TOKENS = 10_000;

    private record Known(Grant grant, Instant until) {}

    private final Clock clock;
    private final UnaryOperator<String> hash;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_TOKENS;
        }
    };

    VerifiedTokens(Clock clock) {
        this(clock, VerifiedTokens::sha256);
    }

    VerifiedTokens(Clock clock, UnaryOperator<String> hash) {
        this.clock = clock;
        this.hash = hash;
    }

    Optional<Grant> find(String token) {
        return findHash(hash.apply(token));
    }

    private synchronized Optional<Grant> findHash(String key) {
        @Nullable Known found = known.get(key);
        if (found == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(found.until())) {
            known.remove(key);
            return Optional.empty();
        }
        return Optional.of(found.grant());
    }

    void add(String token, Grant grant) {
        Instant soon = clock.instant().plus(KEPT);
        Instant until = soon.isBefore(grant.expiry()) ? soon : grant.expiry();
        addHash(hash.apply(token), grant, until);
    }

    private synchronized void addHash(String key, Grant grant, Instant until) {
        known.remove(key); // so that it becomes the newest
        known.put(key, new Known(grant, until));
    }

    synchronized int size() {
        return known.size();
    }

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows SHA-256.", e);
        }
    }
}

package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that are fetched from their issuer: kept for a while, fetched again for a token whose key is not among them, and
 * kept for longer if the issuer is down or publishes none. No thread waits for a fetch. There is one at a time, and two
 * within half a minute, so that made-up key ids do not burden the issuer.
 */
final class IssuedKeys extends JwtKeys {
    static final Duration KEPT = Duration.ofMinutes(5);
    static final Duration KEPT_IN_OUTAGE = Duration.ofHours(4);
    /** Two fetches within this time at most. */
    static final Duration FETCHES_APART = Duration.ofSeconds(30);
    /** The same while there are no keys at all, so that no token can be verified. */
    static final Duration FETCHES_APART_WITHOUT_KEYS = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(IssuedKeys.class);
    /** From this age on keys are fetched again while the old ones still count, so that no token waits. */
    private static final Duration FRESH = Duration.ofMinutes(4);

    private static final int FETCHES_PER_WINDOW = 2;

    private final URI url;

    IssuedKeys(URI url) {
        this.url = url;
    }

    @Override
    JWKSource<SecurityContext> source(Clock clock) {
        return new Source(new KeyFetch(url), clock);
    }

    /** Nothing is known yet, and the issuer may publish other keys at any time. */
    @Override
    void requireFit(Collection<String> algorithms) {}

    /** They are fetched when they are needed. */
    @Override
    void reload(Collection<String> algorithms) {}

    /** The keys of one authorizer. Thread-safe. */
    private static final class Source implements JWKSource<SecurityContext> {
        private final KeyFetch issuer;
        private final Clock clock;
        private @Nullable JWKSet keys;
        private Instant fetchedAt = Instant.MIN;
        private boolean failed;
        private @Nullable CompletionStage<Void> fetching;
        private Instant windowEnd = Instant.MIN;
        private int fetchesInWindow;

        private Source(KeyFetch issuer, Clock clock) {
            this.issuer = issuer;
            this.clock = clock;
        }

        /**
         * The keys that fit.
         *
         * @throws KeysPendingException if they are being fetched; ask again then, with {@link KeysPendingException#AFTER}
         * @throws KeySourceException if nothing can be said at present
         */
        @Override
        public synchronized List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
                throws KeySourceException {
            Instant now = clock.instant();
            JWKSet usable = now.isBefore(end(KEPT_IN_OUTAGE)) ? keys : null;
            List<JWK> matching = usable == null ? List.of() : selector.select(usable);
            boolean current = usable != null && !failed && now.isBefore(end(KEPT));
            if (!matching.isEmpty() && (current || failed)) {
                if (!now.isBefore(end(FRESH))) {
                    fetch(now);
                }
                return matching;
            }
            boolean waited = context == KeysPendingException.AFTER;
            if (waited && current) {
                return matching;
            }
            CompletionStage<Void> pending = waited ? null : fetch(now);
            if (pending != null) {
                throw new KeysPendingException(pending);
            }
            if (!matching.isEmpty()) {
                return matching;
            }
            throw new KeySourceException("The keys of the issuer cannot be fetched at present");
        }

        private Instant end(Duration kept) {
            return keys == null ? Instant.MIN : fetchedAt.plus(kept);
        }

        /** The fetch that is under way, or a new one; null if there were too many. */
        private @Nullable CompletionStage<Void> fetch(Instant now) {
            if (fetching != null) {
                return fetching;
            }
            if (!now.isBefore(windowEnd)) {
                windowEnd = now.plus(now.isBefore(end(KEPT_IN_OUTAGE)) ? FETCHES_APART : FETCHES_APART_WITHOUT_KEYS);
                fetchesInWindow = 0;
            }
            if (fetchesInWindow == FETCHES_PER_WINDOW) {
                return null;
            }
            fetchesInWindow++;
            CompletableFuture<Void> done = new CompletableFuture<>();
            fetching = done;
            issuer.start().whenComplete((fetched, failure) -> {
                ended(fetched, failure);
                done.complete(null);
            });
            return done;
        }

        private synchronized void ended(@Nullable JWKSet fetched, @Nullable Throwable failure) {
            fetching = null;
            if (fetched == null) {
                LOG.debug("The keys of the issuer cannot be fetched", failure);
                failed = true;
                return;
            }
            keys = fetched;
            fetchedAt = clock.instant();
            failed = false;
        }
    }
}

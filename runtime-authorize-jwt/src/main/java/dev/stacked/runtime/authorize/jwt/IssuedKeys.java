package dev.stacked.runtime.authorize.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Keys that are fetched from their issuer: kept for a while, fetched anew for a token whose key is not among them, but
 * seldom enough that made-up tokens do not make us a nuisance, and kept for longer if the issuer is down.
 */
final class IssuedKeys extends JwtKeys {
    static final Duration KEPT = Duration.ofMinutes(5);
    static final Duration KEPT_IN_OUTAGE = Duration.ofHours(4);
    /** Two fetches within this time at most. */
    static final Duration FETCHES_APART = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT_FOR_ANOTHER_FETCH = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 256 * 1024;

    private final URL url;

    IssuedKeys(URL url) {
        this.url = url;
    }

    @Override
    JWKSource<SecurityContext> source(Clock clock) {
        DefaultResourceRetriever retriever = new DefaultResourceRetriever(
                Math.toIntExact(CONNECT_TIMEOUT.toMillis()), Math.toIntExact(READ_TIMEOUT.toMillis()), MOST_BYTES);
        JWKSetSource<SecurityContext> issuer = new URLBasedJWKSetSource<>(url, retriever);
        JWKSetSource<SecurityContext> tolerant =
                new OutageTolerantJWKSetSource<>(issuer, KEPT_IN_OUTAGE.toMillis(), null);
        JWKSetSource<SecurityContext> seldom = new RateLimitedJWKSetSource<>(tolerant, FETCHES_APART.toMillis(), null);
        JWKSetSource<SecurityContext> cached =
                new CachingJWKSetSource<>(seldom, KEPT.toMillis(), LONGEST_WAIT_FOR_ANOTHER_FETCH.toMillis(), null);
        return (selector, context) -> select(selector, cached, clock.millis());
    }

    /** As {@code JWKSetBasedJWKSource} does, but by our clock. */
    private static List<JWK> select(JWKSelector selector, JWKSetSource<SecurityContext> source, long now)
            throws KeySourceException {
        JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, null);
        List<JWK> matching = selector.select(known);
        return matching.isEmpty()
                ? selector.select(source.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, null))
                : matching;
    }
}

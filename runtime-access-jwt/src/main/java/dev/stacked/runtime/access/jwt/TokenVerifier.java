package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the signature and the claims of a token. Does not block. Thread-safe. */
final class TokenVerifier {
    /** The value that the claim {@code scope} must contain for a refresh. */
    static final String REFRESH_SCOPE = "stacks:refresh";

    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);
    /** How far the clocks of the issuer and this server may be apart. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    /** Accepted values of the header {@code typ}, which may be absent too. */
    static final List<JOSEObjectType> TYPES = List.of(JOSEObjectType.JWT, ACCESS_TOKEN);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final TokenFaults faults;

    TokenVerifier(JwtSettings settings, Clock clock) {
        faults = new TokenFaults(settings, clock, LEEWAY);
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        JWKSource<SecurityContext> keys = settings.keys().source(clock);
        processor.setJWSKeySelector(keySelector(algorithms, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        processor.setJWTClaimsSetVerifier(claimsVerifier(settings, clock));
    }

    /** One key after the other is tried, and a token not looked at any further at a key of another curve than its own. */
    private static JWSVerificationKeySelector<SecurityContext> keySelector(
            Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
        return new JWSVerificationKeySelector<>(algorithms, keys) {
            @Override
            public List<Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context)
                    throws KeySourceException {
                return super.selectJWSKeys(header, context).stream()
                        .filter(key -> hasCurve(key, header.getAlgorithm()))
                        .toList();
            }
        };
    }

    private static boolean hasCurve(Key key, JWSAlgorithm algorithm) {
        return !(key instanceof ECPublicKey ec)
                || Curve.forJWSAlgorithm(algorithm).contains(Curve.forECParameterSpec(ec.getParams()));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claimsVerifier(JwtSettings settings, Clock clock) {
        JWTClaimsSet exact =
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build();
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(settings.audience(), exact, Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(Math.toIntExact(LEEWAY.toSeconds()));
        return claims;
    }

    /**
     * Looks at a token that has not been looked at.
     *
     * @throws KeysUnavailableException if the keys cannot be had, so that nothing can be said of the token
     */
    Verdict verify(String token) {
        return verify(token, null);
    }

    /**
     * Looks again at a token after the keys were fetched. It is never pending.
     *
     * @throws KeysUnavailableException if the keys could not be fetched, so that nothing can be said of the token
     */
    Verdict verifyAfterFetch(String token) {
        return verify(token, KeysPendingException.AFTER);
    }

    private Verdict verify(String token, @Nullable SecurityContext context) {
        try {
            return new Verdict.Valid(grant(processor.process(token, context)));
        } catch (KeysPendingException e) {
            return new Verdict.Pending(e.fetched());
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        } catch (ExpiredJWTException e) {
            explain(token, e);
            return new Verdict.Invalid("The token has expired.");
        } catch (BadJOSEException | JOSEException | ParseException | IllegalArgumentException e) {
            explain(token, e);
            return new Verdict.Invalid("The token is not valid.");
        }
    }

    /** The message of the exception is not logged, as it may quote the token. */
    private void explain(String token, Exception failure) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("A token is refused: {}", faults.explain(token, failure));
        }
    }

    private static Grant grant(JWTClaimsSet claims) {
        return new Grant(
                claims.getSubject(),
                claims.getExpirationTime().toInstant().plus(LEEWAY),
                stacks(claims.getClaim("stacks")),
                scopes(claims.getClaim("scope")).contains(REFRESH_SCOPE));
    }

    private static List<StackPattern> stacks(@Nullable Object claim) {
        if (!(claim instanceof List<?> entries)) {
            return List.of();
        }
        return entries.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .map(StackPattern::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<String> scopes(@Nullable Object claim) {
        return claim instanceof String text ? List.of(text.split(" ", -1)) : List.of();
    }
}

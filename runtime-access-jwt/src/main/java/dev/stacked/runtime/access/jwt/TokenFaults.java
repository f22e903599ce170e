package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import dev.stacked.runtime.access.LogText;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a token is refused, for the log: by header and claim, never with the token or its signature. Claims are
 * quoted only if the signature is good. The explanation is one line of bounded length. Thread-safe.
 */
final class TokenFaults {
    private static final int MAX_AUDIENCES = 5;

    private final JwtSettings settings;
    private final Clock clock;
    private final Duration leeway;

    /** @param leeway how far the clocks of the issuer and this server may be apart */
    TokenFaults(JwtSettings settings, Clock clock, Duration leeway) {
        this.settings = settings;
        this.clock = clock;
        this.leeway = leeway;
    }

    /** @param failure what the verification of the token failed with */
    String explain(String token, Exception failure) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return failure instanceof BadJWTException
                    ? claimFaults(jwt.getJWTClaimsSet())
                    : headerFault(jwt.getHeader(), failure);
        } catch (ParseException | IllegalArgumentException e) {
            return "it is not a signed JWT";
        }
    }

    private String headerFault(JWSHeader header, Exception failure) {
        JOSEObjectType type = header.getType();
        if (type != null && !TokenVerifier.TYPES.contains(type)) {
            return "typ is " + LogText.quoted(type.getType()) + ", expected JWT or at+jwt";
        }
        String algorithm = header.getAlgorithm().getName();
        if (!settings.algorithms().contains(algorithm)) {
            return "alg is " + LogText.quoted(algorithm) + ", expected "
                    + String.join(" or ", new TreeSet<>(settings.algorithms()));
        }
        String key = "kid " + (header.getKeyID() == null ? "absent" : LogText.quoted(header.getKeyID()));
        return failure instanceof BadJWSException
                ? "its signature does not match the key (" + key + ")"
                : "no key fits it (alg " + algorithm + ", " + key + ")";
    }

    private String claimFaults(JWTClaimsSet claims) {
        List<String> faults = new ArrayList<>();
        if (!settings.issuer().equals(claims.getIssuer())) {
            faults.add("iss is " + shown(claims.getIssuer()) + ", expected " + LogText.quoted(settings.issuer()));
        }
        if (!claims.getAudience().contains(settings.audience())) {
            faults.add("aud is " + audience(claims) + ", expected " + LogText.quoted(settings.audience()));
        }
        if (claims.getSubject() == null) {
            faults.add("sub is absent");
        }
        addTimes(claims, faults);
        return faults.isEmpty() ? "its claims are not valid" : String.join("; ", faults);
    }

    private void addTimes(JWTClaimsSet claims, List<String> faults) {
        Instant now = clock.instant();
        Instant expiry = time(claims.getExpirationTime());
        if (expiry == null) {
            faults.add("exp is absent");
        } else if (!now.isBefore(expiry.plus(leeway))) {
            faults.add("exp is " + expiry + ", now is " + now);
        }
        Instant start = time(claims.getNotBeforeTime());
        if (start != null && now.isBefore(start.minus(leeway))) {
            faults.add("nbf is " + start + ", now is " + now);
        }
    }

    private static @Nullable Instant time(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static String audience(JWTClaimsSet claims) {
        List<String> audience = claims.getAudience();
        if (audience.isEmpty()) {
            return "absent";
        }
        String shown =
                audience.stream().limit(MAX_AUDIENCES).map(TokenFaults::shown).collect(Collectors.joining(", "));
        return audience.size() > MAX_AUDIENCES ? shown + " and others" : shown;
    }

    private static String shown(@Nullable String claim) {
        return claim == null ? "absent" : LogText.quoted(claim);
    }
}

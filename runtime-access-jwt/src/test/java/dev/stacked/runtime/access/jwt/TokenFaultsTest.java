package dev.stacked.runtime.access.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import dev.stacked.runtime.testkit.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TokenFaultsTest {
    private static final Exception BAD_CLAIM = new BadJWTException("secret");
    private static final Exception BAD_SIGNATURE = new BadJWSException("secret");
    private static final Exception BAD_HEADER = new BadJOSEException("secret");

    private final TokenFaults faults = new TokenFaults(
            new JwtSettings(
                    JwtKeys.published(URI.create("https://issuer.example/keys")),
                    Issuer.NAME,
                    Issuer.AUDIENCE,
                    Set.of("RS256", "ES256")),
            new ManualTime().clock(),
            Duration.ofSeconds(30));

    private String claims(Consumer<JWTClaimsSet.Builder> change) {
        return faults.explain(Issuer.token(change), BAD_CLAIM);
    }

    @Test
    void claimIsShownBesideItsExpectedValue() {
        assertEquals("aud is 'other', expected 'runtime'", claims(claims -> claims.audience("other")));
        assertEquals("aud is 'a', 'b', expected 'runtime'", claims(claims -> claims.audience(List.of("a", "b"))));
        assertEquals(
                "iss is 'https://else.example', expected 'https://issuer.example'",
                claims(claims -> claims.issuer("https://else.example")));
    }

    @Test
    void absentClaimsAreNamed() {
        assertEquals(
                "iss is absent, expected 'https://issuer.example'; aud is absent, expected 'runtime'; sub is absent;"
                        + " exp is absent",
                claims(claims -> claims.issuer(null)
                        .audience((String) null)
                        .subject(null)
                        .expirationTime(null)));
    }

    @Test
    void timesAreShownBesideTheClock() {
        String now = ", now is " + ManualTime.START;
        Date past = Date.from(Issuer.in(Duration.ofMinutes(-1)));
        Date future = Date.from(Issuer.in(Duration.ofMinutes(1)));

        assertEquals("exp is " + past.toInstant() + now, claims(claims -> claims.expirationTime(past)));
        assertEquals("nbf is " + future.toInstant() + now, claims(claims -> claims.notBeforeTime(future)));
    }

    @Test
    void headerIsComparedWithTheSettings() {
        String typed = Issuer.sign(
                Issuer.claims(),
                Issuer.header(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("logout+jwt"))
                        .build(),
                Issuer.RSA);
        String secret = Issuer.sign(
                Issuer.claims(),
                Issuer.header(JWSAlgorithm.HS256).build(),
                new OctetSequenceKey.Builder(new byte[32]).build());

        assertEquals("typ is 'logout+jwt', expected JWT or at+jwt", faults.explain(typed, BAD_HEADER));
        assertEquals("alg is 'HS256', expected ES256 or RS256", faults.explain(secret, BAD_HEADER));
        assertEquals("no key fits it (alg RS256, kid 'rsa-1')", faults.explain(Issuer.token(), BAD_HEADER));
    }

    @Test
    void claimsAreNotQuotedUnlessTheSignatureIsGood() {
        String forged = Issuer.token(claims -> claims.issuer("forged").audience("forged"));

        assertEquals("its signature does not match the key (kid 'rsa-1')", faults.explain(forged, BAD_SIGNATURE));
    }

    @Test
    void anythingElseIsNoSignedToken() {
        String plain = new PlainJWT(Issuer.claims().build()).serialize();

        for (String token : List.of("", "hello", "a.b.c", plain)) {
            assertEquals("it is not a signed JWT", faults.explain(token, BAD_HEADER));
        }
    }

    @Test
    void explanationIsOneShortLineWithoutTheTokenWhateverTheClaimsHold() {
        String token = Issuer.token(claims -> claims.issuer("\n".repeat(1_000) + "x".repeat(1_000))
                .audience(Collections.nCopies(1_000, "y\r".repeat(1_000))));
        String explanation = faults.explain(token, BAD_CLAIM);

        assertTrue(explanation.length() < 1_000, explanation);
        assertTrue(explanation.chars().noneMatch(Character::isISOControl), explanation);
        for (String part : token.split("\\.", -1)) {
            assertFalse(explanation.contains(part), explanation);
        }
        assertFalse(explanation.contains("secret"), explanation);
    }
}

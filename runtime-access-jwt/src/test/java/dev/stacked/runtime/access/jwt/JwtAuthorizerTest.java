package dev.stacked.runtime.access.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a valid token allows. */
final class JwtAuthorizerTest {
    private final ManualTime time = new ManualTime();
    private int verified;
    private JwtAuthorizer authorizer;

    @BeforeEach
    void authorizerWithKeyFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, new JWKSet(List.of(Issuer.RSA.toPublicJWK(), Issuer.EC.toPublicJWK())).toString());
        JwtSettings settings = new JwtSettings(
                JwtKeys.ofFile(file), Issuer.NAME, Issuer.AUDIENCE, Set.copyOf(JwtSettings.DEFAULT_ALGORITHMS));
        authorizer = new JwtAuthorizer(
                settings,
                task -> {
                    verified++;
                    task.run();
                },
                time.clock());
    }

    private Access asked(String token) {
        return Asked.of(authorizer, token);
    }

    @Test
    void tokenLetsItsSubjectInUntilItExpires() {
        Access.Allowed yes = assertInstanceOf(Access.Allowed.class, asked(Issuer.token()));

        assertEquals("ann", yes.principal());
        assertEquals(Issuer.in(Duration.ofHours(1).plusSeconds(30)), yes.expiry());
    }

    @Test
    void tokenMayBeSignedInEachOfTheAlgorithms() {
        String token = Issuer.token(Issuer.claims(), Issuer.EC, JWSAlgorithm.ES256);

        assertInstanceOf(Access.Allowed.class, asked(token));
    }

    @Test
    void tokenMayComeAsACookieForThoseWhoCannotSetHeaders() {
        Map<String, String> cookies = Map.of("__Secure-runtime", Issuer.token(), "other", "x");

        Access answer = Asked.of(authorizer, Asked.request("checkout", AccessScope.READ, Map.of(), cookies));

        assertInstanceOf(Access.Allowed.class, answer);
    }

    @Test
    void headerCountsBeforeTheCookie() {
        Access answer = Asked.of(
                authorizer,
                Asked.request(
                        "checkout",
                        AccessScope.READ,
                        Map.of("Authorization", "bearer garbage"),
                        Map.of("__Secure-runtime", Issuer.token())));

        assertInstanceOf(Access.Unauthenticated.class, answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer", "Basic YW5uOnNlY3JldA==", ""})
    void withoutATokenOneIsAskedFor(String header) {
        Access answer = Asked.of(
                authorizer, Asked.request("checkout", AccessScope.READ, Map.of("Authorization", header), Map.of()));

        assertEquals(new Access.Unauthenticated("A token is required.", "Bearer realm=\"runtime\""), answer);
        assertEquals(0, verified);
    }

    @ParameterizedTest
    @CsvSource({
        "checkout,   checkout, true",
        "checkout,   checkout2, false",
        "Checkout,   checkout, false",
        "team-*,     team-a/b c, true",
        "team-*,     a-team-, false",
        "*,          anything at all, true"
    })
    void claimNamesTheStacks(String pattern, String stack, boolean allowed) {
        String token = Issuer.token(claims -> claims.claim("stacks", List.of("x", pattern)));

        Access answer = Asked.of(authorizer, token, stack, AccessScope.READ);

        assertEquals(allowed ? Access.Allowed.class : Access.Forbidden.class, answer.getClass());
    }

    @Test
    void withoutAListOfStacksNothingMayBeRead() {
        for (Object claim : new Object[] {null, "checkout", "*", 7, Map.of("checkout", true), List.of(), List.of(7)}) {
            String token = Issuer.token(claims -> claims.claim("stacks", claim));

            assertInstanceOf(Access.Forbidden.class, asked(token), () -> "With " + claim);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stacks:refresh, true",
        "openid stacks:refresh profile, true",
        "stacks:refresher, false",
        "openid, false",
        "'', false"
    })
    void refreshNeedsItsScope(String scope, boolean allowed) {
        String token = Issuer.token(claims -> claims.claim("scope", scope));

        Access answer = Asked.of(authorizer, token, "checkout", AccessScope.REFRESH);

        assertEquals(allowed ? Access.Allowed.class : Access.Forbidden.class, answer.getClass());
        assertInstanceOf(Access.Allowed.class, asked(token));
    }

    @Test
    void scopeDoesNotRefreshStacksThatMayNotBeRead() {
        String token = Issuer.token(claims -> claims.claim("scope", "stacks:refresh"));

        assertInstanceOf(Access.Forbidden.class, Asked.of(authorizer, token, "other", AccessScope.REFRESH));
    }

    @Test
    void askingAgainVerifiesNothingForAMinute() {
        String token = Issuer.token();
        asked(token);
        asked(token);
        Asked.of(authorizer, token, "other", AccessScope.READ);
        assertEquals(1, verified);

        time.advance(VerifiedTokens.KEPT);
        asked(token);

        assertEquals(2, verified);
    }

    @Test
    void rememberedTokenExpiresAllTheSame() {
        String token = Issuer.token(claims -> claims.expirationTime(Date.from(Issuer.in(Duration.ofSeconds(10)))));
        time.advance(Duration.ofSeconds(20));
        assertInstanceOf(Access.Allowed.class, asked(token), "Within the leeway.");

        time.advance(Duration.ofSeconds(20));

        assertEquals(Access.invalidToken("The token has expired."), asked(token));
    }

    @Test
    void leewayGoesBothWays() {
        String token = Issuer.token(claims -> claims.notBeforeTime(Date.from(Issuer.in(Duration.ofSeconds(20)))));

        assertInstanceOf(Access.Allowed.class, asked(token));
    }

    @Test
    void noMoreTokensAreRememberedThanFitIntoTheBound() {
        VerifiedTokens tokens = new VerifiedTokens(time.clock());
        Grant grant = new Grant("ann", Issuer.in(Duration.ofHours(1)), List.of(), false);
        for (int i = 0; i <= 10_000; i++) {
            tokens.add("token " + i, grant);
        }

        assertEquals(10_000, tokens.size());
        assertTrue(tokens.find("token 0").isEmpty());
        assertTrue(tokens.find("token 10000").isPresent());
    }
}

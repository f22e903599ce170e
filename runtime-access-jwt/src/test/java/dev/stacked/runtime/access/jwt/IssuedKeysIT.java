package dev.stacked.runtime.access.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.testkit.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that come from their issuer over HTTP, while time is moved by hand. */
final class IssuedKeysIT {
    private static final Duration LITTLE = Duration.ofMillis(1);

    private final ManualTime time = new ManualTime();
    private final JwksServer issuer = new JwksServer(Issuer.RSA);
    private final JwtAuthorizer authorizer = new JwtAuthorizer(
            new JwtSettings(
                    JwtKeys.published(issuer.url()),
                    Issuer.NAME,
                    Issuer.AUDIENCE,
                    Set.copyOf(JwtSettings.DEFAULT_ALGORITHMS)),
            Runnable::run,
            time.clock());

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static String token(JWK key) {
        JWTClaimsSet.Builder claims = Issuer.claims().expirationTime(Date.from(Issuer.in(Duration.ofDays(1))));
        return Issuer.token(claims, key, JWSAlgorithm.RS256);
    }

    private void assertValid(JWK key) {
        assertInstanceOf(Access.Allowed.class, Asked.of(authorizer, token(key)));
    }

    private void assertInvalid(JWK key) {
        assertInstanceOf(Access.Unauthenticated.class, Asked.of(authorizer, token(key)));
    }

    private void assertUnknown(JWK key) {
        assertThrows(CompletionException.class, () -> Asked.of(authorizer, token(key)));
    }

    @Test
    void keysAreFetchedWhenTheFirstTokenComesAndThenKept() {
        assertEquals(0, issuer.fetches.get());

        assertValid(Issuer.RSA);
        time.advance(VerifiedTokens.KEPT);
        assertValid(Issuer.RSA);

        assertEquals(1, issuer.fetches.get());
    }

    @Test
    void keyThatIsNewIsFetchedForItsFirstToken() {
        assertValid(Issuer.RSA);
        issuer.publish(Issuer.RSA, Issuer.OTHER_RSA);

        assertValid(Issuer.OTHER_RSA);
    }

    @Test
    void madeUpKeyIdsDoNotMakeUsANuisance() {
        assertValid(Issuer.RSA);
        assertInvalid(Issuer.OTHER_RSA);
        for (int i = 0; i < 20; i++) {
            assertUnknown(Issuer.OTHER_RSA);
        }
        assertValid(Issuer.RSA);
        assertEquals(2, issuer.fetches.get());

        time.advance(IssuedKeys.FETCHES_APART);
        assertInvalid(Issuer.OTHER_RSA);
        assertEquals(3, issuer.fetches.get());
    }

    @Test
    void keyThatIsTakenBackCountsForSixMinutesAtMost() {
        assertValid(Issuer.RSA);
        issuer.publish(Issuer.OTHER_RSA);

        time.advance(IssuedKeys.KEPT.minus(LITTLE));
        assertValid(Issuer.RSA);
        time.advance(VerifiedTokens.KEPT);

        assertInvalid(Issuer.RSA);
    }

    @Test
    void nothingIsKnownWhileTheIssuerIsDownAtTheStart() {
        issuer.isDown();
        assertUnknown(Issuer.RSA);

        issuer.publish(Issuer.RSA);
        time.advance(IssuedKeys.FETCHES_APART);

        assertValid(Issuer.RSA);
    }

    @Test
    void outageOfTheIssuerIsToleratedForHours() {
        assertValid(Issuer.RSA);
        issuer.isDown();

        time.advance(Duration.ofHours(1));
        assertValid(Issuer.RSA);
        time.advance(Duration.ofHours(2));
        assertValid(Issuer.RSA);
        time.advance(Duration.ofHours(2));
        assertUnknown(Issuer.RSA);
    }

    @Test
    void emptyKeySetCountsAsAnOutage() {
        assertValid(Issuer.RSA);
        issuer.publish();

        time.advance(IssuedKeys.KEPT);
        assertValid(Issuer.RSA);
        assertUnknown(Issuer.OTHER_RSA);

        issuer.publish(Issuer.OTHER_RSA);
        time.advance(IssuedKeys.FETCHES_APART);
        assertValid(Issuer.OTHER_RSA);
    }

    @Test
    void issuerThatHadNoKeysAtTheStartIsAskedAgainSoon() {
        issuer.publish();
        for (int i = 0; i < 20; i++) {
            assertUnknown(Issuer.RSA);
        }
        assertEquals(2, issuer.fetches.get());

        issuer.publish(Issuer.RSA);
        time.advance(IssuedKeys.FETCHES_APART_WITHOUT_KEYS);
        assertValid(Issuer.RSA);
    }

    @Test
    void redirectsAreNotFollowed() {
        issuer.redirects();

        assertUnknown(Issuer.RSA);
    }

    @Test
    void tokensWithUnknownKeysWaitForAHangingIssuerWithoutAThread() {
        assertValid(Issuer.RSA);
        time.advance(VerifiedTokens.KEPT);
        issuer.hangs();
        List<CompletableFuture<Access>> unknown = IntStream.range(0, 100)
                .mapToObj(i -> authorizer
                        .authorize(Asked.bearer(token(Issuer.OTHER_RSA)))
                        .toCompletableFuture())
                .toList();

        assertValid(Issuer.RSA); // on the thread that asks, which would hang too
        assertTrue(unknown.stream().noneMatch(CompletableFuture::isDone));

        issuer.publish(Issuer.OTHER_RSA);
        issuer.goesOn();
        unknown.forEach(answer -> assertInstanceOf(Access.Unauthenticated.class, answer.join()));
    }

    @Test
    void onlySoManyTokensWaitForKeys() {
        issuer.hangs();
        String token = token(Issuer.RSA);
        List<CompletableFuture<Access>> answers = IntStream.range(0, 1_001)
                .mapToObj(i -> authorizer.authorize(Asked.bearer(token)).toCompletableFuture())
                .toList();

        assertTrue(answers.get(1_000).isCompletedExceptionally());
        assertFalse(answers.get(999).isDone());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/hostname", "ftp://issuer.example/keys", "jar:file:/a.jar!/b", "keys", "https:keys"})
    void keysAreFetchedByHttpAlone(String url) {
        assertThrows(IllegalArgumentException.class, () -> JwtKeys.published(URI.create(url)));
    }

    @Test
    void answerThatIsNoKeySetCountsAsAnOutage() {
        for (String answer : new String[] {"", "<html>", "[]", "{}", "x".repeat(300_000)}) {
            issuer.answers(answer);
            assertUnknown(Issuer.RSA);
            time.advance(IssuedKeys.FETCHES_APART);
        }

        issuer.publish(Issuer.RSA);
        assertValid(Issuer.RSA);
    }
}

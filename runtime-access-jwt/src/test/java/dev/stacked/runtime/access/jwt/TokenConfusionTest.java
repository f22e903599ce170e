package dev.stacked.runtime.access.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.PlainJWT;
import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are not what they claim to be. */
final class TokenConfusionTest {
    private final ManualTime time = new ManualTime();
    private String pem;
    private JwtAuthorizer authorizer;

    @BeforeEach
    void authorizerWithPublicKey(@TempDir Path folder) throws Exception {
        pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(Issuer.RSA.toRSAKey().toPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Path file = folder.resolve("key.pem");
        Files.writeString(file, pem);
        authorizer = authorizer(JwtKeys.ofFile(file));
    }

    private JwtAuthorizer authorizer(JwtKeys keys) {
        return new JwtAuthorizer(
                new JwtSettings(keys, Issuer.NAME, Issuer.AUDIENCE, Set.copyOf(JwtSettings.DEFAULT_ALGORITHMS)),
                Runnable::run,
                time.clock());
    }

    private void assertInvalid(String token) {
        assertEquals(Access.invalidToken("The token is not valid."), Asked.of(authorizer, token));
    }

    @Test
    void goodTokenIsGood() {
        assertInstanceOf(Access.Allowed.class, Asked.of(authorizer, Issuer.token()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void publicKeyIsNoSecret(String algorithm) throws Exception {
        byte[] der = Issuer.RSA.toRSAKey().toPublicKey().getEncoded();
        for (byte[] secret :
                List.of(pem.getBytes(StandardCharsets.UTF_8), pem.strip().getBytes(StandardCharsets.UTF_8), der)) {
            JWK key = new OctetSequenceKey.Builder(secret).build();
            JWSHeader header = Issuer.header(JWSAlgorithm.parse(algorithm)).build();

            assertInvalid(Issuer.sign(Issuer.claims(), header, key));
        }
    }

    @Test
    void unsignedTokenIsInvalid() {
        String plain = new PlainJWT(Issuer.claims().build()).serialize();

        assertInvalid(plain);
        String payload = plain.split("\\.", -1)[1];
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            assertInvalid(base64("{\"alg\":\"" + none + "\"}") + "." + payload + ".");
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void signatureThatWasCutOffIsInvalid() {
        String token = Issuer.token();
        String unsigned = token.substring(0, token.lastIndexOf('.'));

        assertInvalid(unsigned + ".");
        assertInvalid(unsigned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS256"})
    void algorithmThatIsNotListedIsInvalid(String algorithm) {
        assertInvalid(Issuer.token(Issuer.claims(), Issuer.RSA, JWSAlgorithm.parse(algorithm)));
    }

    @Test
    void keyThatTheTokenBringsAlongIsNotUsed() {
        JWK forged = Issuer.OTHER_RSA;
        JWSHeader header = Issuer.header(JWSAlgorithm.RS256)
                .jwk(forged.toPublicJWK())
                .jwkURL(URI.create("http://127.0.0.1:9/keys"))
                .build();

        assertInvalid(Issuer.sign(Issuer.claims(), header, forged));
    }

    @Test
    void keyOfSomebodyElseIsInvalid() {
        assertInvalid(Issuer.token(Issuer.claims(), Issuer.OTHER_RSA, JWSAlgorithm.RS256));
        assertInvalid(Issuer.token(Issuer.claims(), Issuer.EC, JWSAlgorithm.ES256));
    }

    @Test
    void tokenWithoutAKeyIdIsTriedWithTheKeysThatThereAre() {
        JWSHeader header = Issuer.header(JWSAlgorithm.RS256).build();

        assertInstanceOf(Access.Allowed.class, Asked.of(authorizer, Issuer.sign(Issuer.claims(), header, Issuer.RSA)));
        assertInvalid(Issuer.sign(Issuer.claims(), header, Issuer.OTHER_RSA));
    }

    @Test
    void tokenOfAnotherKindIsInvalid() {
        JWSHeader header = Issuer.header(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("logout+jwt"))
                .build();

        assertInvalid(Issuer.sign(Issuer.claims(), header, Issuer.RSA));
    }

    @Test
    void tokenForSomebodyElseIsInvalid() {
        assertInvalid(Issuer.token(claims -> claims.audience("billing")));
        assertInvalid(Issuer.token(claims -> claims.audience((String) null)));
        assertInvalid(Issuer.token(claims -> claims.audience("RUNTIME")));
    }

    @Test
    void tokenForSeveralIsValid() {
        String token = Issuer.token(claims -> claims.audience(List.of("billing", Issuer.AUDIENCE)));

        assertInstanceOf(Access.Allowed.class, Asked.of(authorizer, token));
    }

    @Test
    void tokenOfAnotherIssuerIsInvalid() {
        assertInvalid(Issuer.token(claims -> claims.issuer("https://issuer.example/")));
        assertInvalid(Issuer.token(claims -> claims.issuer(null)));
    }

    @Test
    void expiredTokenIsInvalidAndSaysSo() {
        String token = Issuer.token(claims -> claims.expirationTime(Date.from(Issuer.in(Duration.ofSeconds(-31)))));

        assertEquals(Access.invalidToken("The token has expired."), Asked.of(authorizer, token));
    }

    @Test
    void tokenThatNeverExpiresIsInvalid() {
        assertInvalid(Issuer.token(claims -> claims.expirationTime(null)));
    }

    @Test
    void tokenThatIsNotValidYetIsInvalid() {
        assertInvalid(Issuer.token(claims -> claims.notBeforeTime(Date.from(Issuer.in(Duration.ofSeconds(31))))));
    }

    @Test
    void tokenOfNobodyIsInvalid() {
        assertInvalid(Issuer.token(claims -> claims.subject(null)));
    }

    @Test
    void tamperedTokenIsInvalid() {
        String[] token = Issuer.token().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8);

        assertInvalid(token[0] + "." + base64(claims.replace("\"ann\"", "\"bob\"")) + "." + token[2]);
        assertInvalid(base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + token[1] + "." + token[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                ".",
                "..",
                "...",
                "a.b.c",
                "e30.e30.e30",
                "{}",
                "null",
                "💥",
                "eyJhbGciOiJSUzI1NiJ9",
                "....",
                "Bearer x"
            })
    void garbageIsInvalid(String garbage) {
        assertInvalid(garbage);
    }

    @Test
    void deeplyNestedHeaderIsInvalid() {
        String nested = base64("{\"alg\":\"RS256\",\"x\":" + "[".repeat(4000) + "]".repeat(2) + "}");

        assertInvalid(nested + ".e30.AAAA");
    }

    @Test
    void hugeTokenIsNotEvenLookedAt() {
        Access answer = Asked.of(authorizer, "x".repeat(8193));

        assertEquals(Access.invalidToken("The token is too long."), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "HS512", "EdDSA", "rs256", ""})
    void algorithmsThatAreNotForPublicKeysCannotBeSet(String algorithm) throws IOException {
        JwtKeys keys = JwtKeys.published(URI.create("https://issuer.example/keys"));

        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new JwtSettings(keys, Issuer.NAME, Issuer.AUDIENCE, Set.of(algorithm)));

        assertTrue(String.valueOf(refusal.getMessage()).contains("'" + algorithm + "'"));
    }
}

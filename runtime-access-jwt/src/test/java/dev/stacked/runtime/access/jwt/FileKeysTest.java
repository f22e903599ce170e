package dev.stacked.runtime.access.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileKeysTest {
    @TempDir
    Path folder;

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(encoded), kind);
    }

    private static String pem(JWK key) throws Exception {
        return pem("PUBLIC KEY", ((AsymmetricJWK) key).toPublicKey().getEncoded());
    }

    private JwtKeys read(String text) throws IOException {
        return JwtKeys.ofFile(Files.writeString(folder.resolve("keys"), text));
    }

    private void assertRefused(String text, String why) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> read(text));

        assertEquals(why, refusal.getMessage());
    }

    @Test
    void fileMayHoldSeveralKeysSoThatTheyCanBeExchanged() throws Exception {
        JwtKeys keys = read("a comment\n" + pem(Issuer.RSA) + pem(Issuer.OTHER_RSA) + "\n" + pem(Issuer.EC));
        JwtAuthorizer authorizer = new JwtAuthorizer(
                new JwtSettings(keys, Issuer.NAME, Issuer.AUDIENCE, Set.of("RS256", "ES256")),
                Runnable::run,
                new ManualTime().clock());

        for (JWK key : List.of(Issuer.RSA, Issuer.OTHER_RSA, Issuer.EC)) {
            JWSAlgorithm algorithm = key.equals(Issuer.EC) ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
            assertInstanceOf(Access.Allowed.class, Asked.of(authorizer, Issuer.token(Issuer.claims(), key, algorithm)));
        }
    }

    @Test
    void fileMayHoldKeysOfSeveralCurves() throws Exception {
        JWK larger = new ECKeyGenerator(Curve.P_384).keyID("ec-2").generate();
        JwtKeys keys = read(pem(Issuer.EC) + pem(larger));
        JwtAuthorizer authorizer = new JwtAuthorizer(
                new JwtSettings(keys, Issuer.NAME, Issuer.AUDIENCE, Set.of("ES256", "ES384")),
                Runnable::run,
                new ManualTime().clock());

        for (String token : List.of(
                Issuer.token(Issuer.claims(), larger, JWSAlgorithm.ES384),
                Issuer.token(Issuer.claims(), Issuer.EC, JWSAlgorithm.ES256))) {
            assertInstanceOf(Access.Allowed.class, Asked.of(authorizer, token));
        }
    }

    @Test
    void fileWithoutAKeyIsRefused() {
        assertRefused("", "it holds no public key");
        assertRefused("hello", "it holds no public key");
        assertRefused("{\"keys\":[]}", "it holds no public key");
        assertRefused("{", "it holds no JWK set");
        assertRefused("{\"kty\":\"RSA\"}", "it holds no JWK set");
    }

    @Test
    void privateKeysAreRefused() throws Exception {
        byte[] secret = Issuer.RSA.toRSAKey().toPrivateKey().getEncoded();

        assertRefused(pem("PRIVATE KEY", secret), "it holds a PRIVATE KEY instead of a PUBLIC KEY");
        assertRefused(
                new JWKSet(Issuer.RSA).toString(false), "it holds a private key, which has no place on this server");
    }

    @Test
    void secretsAreRefused() {
        JWK secret = new OctetSequenceKey.Builder(new byte[32]).build();

        assertRefused(new JWKSet(secret).toString(false), "it holds a key that is neither RSA nor EC");
    }

    @Test
    void otherThingsInPemAreRefused() throws Exception {
        assertRefused(pem("CERTIFICATE", new byte[10]), "it holds a CERTIFICATE instead of a PUBLIC KEY");
        assertRefused(pem("PUBLIC KEY", new byte[10]), "it holds a key that is neither RSA nor EC");
        byte[] edwards = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        assertRefused(pem("PUBLIC KEY", edwards), "it holds a key that is neither RSA nor EC");
    }

    @Test
    void shortRsaKeysAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] weak = generator.generateKeyPair().getPublic().getEncoded();

        assertRefused(pem("PUBLIC KEY", weak), "it holds an RSA key of less than 2048 bits");
    }

    @Test
    void hugeFileIsRefused() {
        assertRefused("x".repeat(300_000), "it has more than 262144 bytes");
    }

    private static JwtSettings settings(JwtKeys keys, String... algorithms) {
        return new JwtSettings(keys, Issuer.NAME, Issuer.AUDIENCE, Set.of(algorithms));
    }

    private static void assertMisfit(JwtKeys keys, String why, String... algorithms) {
        IllegalArgumentException misfit =
                assertThrows(IllegalArgumentException.class, () -> settings(keys, algorithms));

        assertEquals(why, misfit.getMessage());
    }

    @Test
    void keysThatNoAlgorithmCanUseAreRefused() throws Exception {
        assertMisfit(read(pem(Issuer.RSA)), "it holds no key for ES256: its keys are RSA", "ES256");
        assertMisfit(
                read(pem(Issuer.EC)), "it holds no key for ES384 or RS256: its keys are EC P-256", "ES384", "RS256");
        JWK restricted = new RSAKey.Builder(Issuer.RSA.toRSAKey())
                .algorithm(JWSAlgorithm.PS256)
                .build();
        JWK encrypting = new RSAKey.Builder(Issuer.RSA.toRSAKey())
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        assertMisfit(
                read(new JWKSet(List.of(restricted.toPublicJWK(), encrypting.toPublicJWK())).toString()),
                "it holds no key for RS256: its keys are RSA for PS256, RSA not for signatures",
                "RS256");
    }

    @Test
    void oneKeyThatAnAlgorithmCanUseIsEnough() throws Exception {
        JwtKeys keys = read(pem(Issuer.RSA) + pem(Issuer.EC));

        assertEquals(Set.of("ES256"), settings(keys, "ES256").algorithms());
        assertEquals(Set.of("ES384", "PS512"), settings(keys, "ES384", "PS512").algorithms());
    }

    private static Access asked(JwtAuthorizer authorizer, JWK key) {
        return Asked.of(authorizer, Issuer.token(Issuer.claims(), key, JWSAlgorithm.RS256));
    }

    @Test
    void keysAreReplacedWhenTheFileIsReadAgain() throws Exception {
        JwtAuthorizer authorizer =
                new JwtAuthorizer(settings(read(pem(Issuer.RSA)), "RS256"), Runnable::run, new ManualTime().clock());
        assertInstanceOf(Access.Unauthenticated.class, asked(authorizer, Issuer.OTHER_RSA));

        read(new JWKSet(Issuer.OTHER_RSA.toPublicJWK()).toString());
        authorizer.reloadKeys();

        assertInstanceOf(Access.Allowed.class, asked(authorizer, Issuer.OTHER_RSA));
        assertInstanceOf(Access.Unauthenticated.class, asked(authorizer, Issuer.RSA));
    }

    @Test
    void keysStayWhileTheFileCannotBeUsed() throws Exception {
        JwtAuthorizer authorizer =
                new JwtAuthorizer(settings(read(pem(Issuer.RSA)), "RS256"), Runnable::run, new ManualTime().clock());

        for (String text : List.of("", "{", pem(Issuer.EC), "x".repeat(300_000))) {
            Files.writeString(folder.resolve("keys"), text);
            authorizer.reloadKeys();
        }
        Files.delete(folder.resolve("keys"));
        authorizer.reloadKeys();

        assertInstanceOf(Access.Allowed.class, asked(authorizer, Issuer.RSA));
    }
}

package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;

/** Signs tokens, well and badly. */
final class Issuer {
    static final String NAME = "https://issuer.example";
    static final String AUDIENCE = "runtime";
    static final JWK RSA = rsa("rsa-1");
    static final JWK OTHER_RSA = rsa("rsa-2");
    static final JWK EC = ec("ec-1");

    private Issuer() {}

    static JWK rsa(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWK ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Instant in(Duration duration) {
        return ManualTime.START.plus(duration);
    }

    /** The claims of a token that is valid for an hour and reads the stack {@code checkout}. */
    static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject("ann")
                .expirationTime(Date.from(in(Duration.ofHours(1))))
                .claim("stacks", List.of("checkout"));
    }

    static String token() {
        return token(claims());
    }

    static String token(JWTClaimsSet.Builder claims) {
        return token(claims, RSA, JWSAlgorithm.RS256);
    }

    static String token(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        return token(claims);
    }

    static String token(JWTClaimsSet.Builder claims, JWK key, JWSAlgorithm algorithm) {
        return sign(claims, header(algorithm).keyID(key.getKeyID()).build(), key);
    }

    static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT);
    }

    static String sign(JWTClaimsSet.Builder claims, JWSHeader header, JWK key) {
        try {
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
            SignedJWT token = new SignedJWT(header, claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

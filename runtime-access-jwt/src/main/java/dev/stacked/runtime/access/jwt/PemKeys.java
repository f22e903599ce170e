package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys in PEM, as {@code openssl pkey -pubout} writes them. */
final class PemKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    private PemKeys() {}

    /** @throws IllegalArgumentException if there is anything but public keys, saying what */
    static List<JWK> parse(String text) {
        List<JWK> keys = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (!kind.equals("PUBLIC KEY")) {
                throw new IllegalArgumentException("it holds a " + kind + " instead of a PUBLIC KEY");
            }
            keys.add(key(blocks.group(2)));
        }
        return keys;
    }

    private static JWK key(String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return key(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("it holds a key that is neither RSA nor EC", e);
        }
    }

    private static JWK key(X509EncodedKeySpec spec) throws InvalidKeySpecException {
        try {
            RSAPublicKey rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
            return new RSAKey.Builder(rsa).build();
        } catch (InvalidKeySpecException notRsa) {
            return ecKey(spec);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows RSA.", e);
        }
    }

    private static JWK ecKey(X509EncodedKeySpec spec) throws InvalidKeySpecException {
        try {
            ECPublicKey ec = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
            Curve curve = Curve.forECParameterSpec(ec.getParams());
            if (curve == null) {
                throw new InvalidKeySpecException("an unknown curve");
            }
            return new ECKey.Builder(curve, ec).build();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows EC.", e);
        }
    }
}

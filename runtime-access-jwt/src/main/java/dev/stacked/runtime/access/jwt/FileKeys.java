package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The keys of a file, which is read once. */
final class FileKeys extends JwtKeys {
    private static final long MAX_BYTES = 256 * 1024;
    private static final int MIN_RSA_BITS = 2048;
    private static final Set<KeyType> PUBLIC_TYPES = Set.of(KeyType.RSA, KeyType.EC);

    private final JWKSource<SecurityContext> source;

    private FileKeys(JWKSource<SecurityContext> source) {
        this.source = source;
    }

    static FileKeys read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
        }
        String text = Files.readString(file).strip();
        return text.startsWith("{") ? ofJwkSet(text) : ofPem(text);
    }

    private static FileKeys ofJwkSet(String text) {
        try {
            JWKSet set = JWKSet.parse(text);
            requireUsable(set.getKeys());
            return new FileKeys(new ImmutableJWKSet<>(set));
        } catch (ParseException e) {
            throw new IllegalArgumentException("it holds no JWK set", e);
        }
    }

    /** Keys in PEM have no id, so every key of the right type is tried, whatever id the token names. */
    private static FileKeys ofPem(String text) {
        List<JWK> keys = PemKeys.parse(text);
        requireUsable(keys);
        return new FileKeys((selector, context) ->
                keys.stream().filter(key -> isWanted(selector, key)).toList());
    }

    private static boolean isWanted(JWKSelector selector, JWK key) {
        return selector.getMatcher().getKeyTypes().contains(key.getKeyType());
    }

    private static void requireUsable(List<JWK> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it holds no public key");
        }
        for (JWK key : keys) {
            if (!PUBLIC_TYPES.contains(key.getKeyType())) {
                throw new IllegalArgumentException("it holds a key that is neither RSA nor EC");
            }
            if (key.isPrivate()) {
                throw new IllegalArgumentException("it holds a private key, which has no place on this server");
            }
            if (key.getKeyType().equals(KeyType.RSA) && key.size() < MIN_RSA_BITS) {
                throw new IllegalArgumentException("it holds an RSA key of less than " + MIN_RSA_BITS + " bits");
            }
        }
    }

    @Override
    JWKSource<SecurityContext> source(Clock clock) {
        return source;
    }
}

package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/**
 * The public keys that a file held when it was read.
 *
 * @param text all of the file
 * @param form how it holds them
 * @param keys at least one
 */
record KeyFile(String text, Form form, List<JWK> keys) {
    private static final long MAX_BYTES = 256 * 1024;
    private static final int MIN_RSA_BITS = 2048;
    private static final Set<KeyType> PUBLIC_TYPES = Set.of(KeyType.RSA, KeyType.EC);

    /** How a file holds keys. */
    enum Form {
        /** A JWK set, whose keys may have ids. */
        JWK_SET,
        /** PEM, whose keys have no id. */
        PEM
    }

    KeyFile {
        keys = List.copyOf(keys);
    }

    /** @throws IllegalArgumentException if it holds anything but usable public keys, saying what */
    static KeyFile read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
        }
        String text = Files.readString(file).strip();
        Form form = text.startsWith("{") ? Form.JWK_SET : Form.PEM;
        List<JWK> keys = form == Form.JWK_SET ? jwkSet(text) : PemKeys.parse(text);
        requireUsable(keys);
        return new KeyFile(text, form, keys);
    }

    private static List<JWK> jwkSet(String text) {
        try {
            return JWKSet.parse(text).getKeys();
        } catch (ParseException e) {
            throw new IllegalArgumentException("it holds no JWK set", e);
        }
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

    /** The keys that fit. Of keys in PEM every one of the right type does, whatever id the token names. */
    List<JWK> select(JWKSelector selector) {
        return switch (form) {
            case JWK_SET -> selector.select(new JWKSet(keys));
            case PEM ->
                keys.stream()
                        .filter(key -> selector.getMatcher().getKeyTypes().contains(key.getKeyType()))
                        .toList();
        };
    }
}

package dev.stacked.runtime.access.jwt;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tokens count.
 *
 * @param keys what they are signed with
 * @param issuer what their claim {@code iss} must be
 * @param audience required value of their claim {@code aud}, which may contain others
 * @param algorithms how they may be signed, by the names of RFC 7518
 */
public record JwtSettings(JwtKeys keys, String issuer, String audience, Set<String> algorithms) {
    /** The common ones: most issuers support RSA, and newer ones prefer ECDSA. */
    public static final List<String> DEFAULT_ALGORITHMS = List.of("RS256", "ES256");

    private static final Set<String> KNOWN =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    /**
     * Checks the algorithms.
     *
     * @throws IllegalArgumentException if there is none, or one that is not made for public keys, or if the keys are of a
     *     file and none of them can be used with any of the algorithms
     */
    public JwtSettings {
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("At least one algorithm is needed.");
        }
        for (String algorithm : algorithms) {
            if (!isAlgorithm(algorithm)) {
                throw new IllegalArgumentException(
                        "An algorithm must be one of " + new TreeSet<>(KNOWN) + "; it is '" + algorithm + "'.");
            }
        }
        keys.requireFit(algorithms);
    }

    /**
     * Whether tokens may be signed in this way. What needs no key ({@code none}), or one that the server would have to
     * keep secret (HMAC), may not.
     */
    public static boolean isAlgorithm(String name) {
        return KNOWN.contains(name);
    }
}

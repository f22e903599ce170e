package dev.stacked.runtime.app;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** Names of histories: random, so that no two are ever the same, on whichever machine they were made. */
final class Epochs implements Supplier<String> {
    private static final int BITS = 62;

    private final SecureRandom random = new SecureRandom();

    /** Up to 12 characters of {@code [a-z0-9]}. */
    @Override
    public String get() {
        return new BigInteger(BITS, random).toString(Character.MAX_RADIX);
    }
}

package dev.stacked.runtime.core;

/** The one rule for ids of stacks and stages: free text of 1 to 200 characters without control characters. */
final class Identifiers {
    static final int MAX_LENGTH = 200;

    private Identifiers() {}

    /**
     * Returns {@code value} if it is a valid id.
     *
     * @param role what the id names, for the message: {@code "Stack id"}
     * @throws IllegalArgumentException saying the role and the rule that is broken
     */
    static String requireValid(String role, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(role + " is required.");
        }
        int length = value.codePointCount(0, value.length());
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    role + " is " + length + " characters long; at most " + MAX_LENGTH + " are allowed.");
        }
        value.codePoints().filter(Identifiers::isForbidden).findFirst().ifPresent(codePoint -> {
            throw new IllegalArgumentException(
                    "%s holds the character U+%04X; control characters are not allowed.".formatted(role, codePoint));
        });
        return value;
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}

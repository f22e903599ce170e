package dev.stacked.runtime.access.jwt;

import java.util.Optional;

/**
 * An entry of the claim {@code stacks}: an id, or a pattern in which {@code *} stands for any text, also for none. A
 * star or a backslash that means itself has a backslash before it; a backslash before anything else makes no pattern.
 */
final class StackPattern {
    /** No id holds it. */
    private static final char ANY = '\u0000';

    private final String compiled;

    private StackPattern(String compiled) {
        this.compiled = compiled;
    }

    /** Reads an entry; empty if it is no pattern, and so allows nothing. */
    static Optional<StackPattern> parse(String text) {
        StringBuilder compiled = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                boolean escapes = i < text.length() && (text.charAt(i) == '*' || text.charAt(i) == '\\');
                if (!escapes) {
                    return Optional.empty();
                }
                compiled.append(text.charAt(i));
            } else if (c == ANY) {
                return Optional.empty();
            } else {
                compiled.append(c == '*' ? ANY : c);
            }
        }
        return Optional.of(new StackPattern(compiled.toString()));
    }

    /** Goes back to the last star only, so that no pattern takes longer than its length times that of the id. */
    boolean matches(String id) {
        int at = 0;
        int next = 0;
        int star = -1;
        int afterStar = 0;
        while (at < id.length()) {
            if (next < compiled.length() && compiled.charAt(next) == ANY) {
                star = next++;
                afterStar = at;
            } else if (next < compiled.length() && compiled.charAt(next) == id.charAt(at)) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (next < compiled.length() && compiled.charAt(next) == ANY) {
            next++;
        }
        return next == compiled.length();
    }
}

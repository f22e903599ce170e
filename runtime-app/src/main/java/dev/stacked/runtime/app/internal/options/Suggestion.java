package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that was probably meant by a mistyped one. */
final class Suggestion {
    /** One mistake in this many characters, or one in a shorter name. */
    private static final int CHARACTERS_PER_MISTAKE = 4;

    private Suggestion() {}

    /**
     * The complaint about a name that does not exist, with the one that was probably meant.
     *
     * @param what the name and where it was written, for people
     */
    static InvalidOptionsException unknown(String what, String mistyped, Collection<String> names) {
        String meant = of(mistyped, names).map("did you mean %s? "::formatted).orElse("");
        return new InvalidOptionsException("Unknown %s; %s--help lists all options.".formatted(what, meant));
    }

    /** The nearest of the names; empty if none is near enough to be meant. */
    static Optional<String> of(String mistyped, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> mistakes(mistyped, name)))
                .filter(name -> mistakes(mistyped, name) <= Math.max(1, mistyped.length() / CHARACTERS_PER_MISTAKE));
    }

    /** How many characters are missing, added, replaced, or exchanged with the next one. */
    private static int mistakes(String typed, String meant) {
        int[][] counts = new int[typed.length() + 1][meant.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                counts[i][j] = i == 0 || j == 0 ? i + j : fewest(counts, typed, meant, i, j);
            }
        }
        return counts[typed.length()][meant.length()];
    }

    private static int fewest(int[][] counts, String typed, String meant, int i, int j) {
        boolean isSame = typed.charAt(i - 1) == meant.charAt(j - 1);
        int fewest =
                Math.min(counts[i - 1][j - 1] + (isSame ? 0 : 1), Math.min(counts[i - 1][j], counts[i][j - 1]) + 1);
        boolean isExchanged = i > 1
                && j > 1
                && typed.charAt(i - 1) == meant.charAt(j - 2)
                && typed.charAt(i - 2) == meant.charAt(j - 1);
        return isExchanged ? Math.min(fewest, counts[i - 2][j - 2] + 1) : fewest;
    }
}

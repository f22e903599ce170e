package dev.stacked.runtime.reconcile.http;

/** External text made fit for a message: one line, without control characters, and short. */
final class SanitizedText {
    static final int MAX_LENGTH = 200;

    private SanitizedText() {}

    /** The text's first 200 characters (code points); runs of white space and control characters become one space. */
    static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(MAX_LENGTH * 10L)
                .map(SanitizedText::harmless)
                .filter(codePoint -> codePoint != ' ' || !endsWithSpace(line))
                .forEach(line::appendCodePoint);
        String cleaned = line.toString().strip();
        return cleaned.codePointCount(0, cleaned.length()) <= MAX_LENGTH
                ? cleaned
                : cleaned.substring(0, cleaned.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
    }

    private static boolean endsWithSpace(StringBuilder line) {
        return line.length() > 0 && line.charAt(line.length() - 1) == ' ';
    }

    private static int harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.SURROGATE, Character.FORMAT -> '\uFFFD';
            default -> codePoint;
        };
    }
}

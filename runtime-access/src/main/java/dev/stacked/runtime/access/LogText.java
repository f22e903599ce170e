package dev.stacked.runtime.access;

/** Text that a client has sent, fit for a line of the log: of one line, printable, and not long. */
public final class LogText {
    private static final int MAX_LENGTH = 100;

    private LogText() {}

    /** The text in single quotes, so that it cannot be taken for words of the line. */
    public static String quoted(String text) {
        return "'" + of(text) + "'";
    }

    /** The text itself: at most 100 characters, with a question mark for each that is not printable. */
    public static String of(String text) {
        String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return shown.codePoints()
                .map(character -> isPrintable(character) ? character : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

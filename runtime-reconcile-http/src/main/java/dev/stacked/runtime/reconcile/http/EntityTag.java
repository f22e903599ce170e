package dev.stacked.runtime.reconcile.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The upstream's entity tag of a document, weak or strong. It is sent back unchanged.
 *
 * @param value such as {@code "v1"} or {@code W/"v1"}, with the quotes
 */
record EntityTag(String value) {
    /** Tags are hashes or versions; longer ones are not worth sending with every poll. */
    static final int MAX_LENGTH = 256;

    /**
     * As in RFC 9110, without the bytes beyond ASCII, which are not sent unchanged. Without quotes,
     * {@code *} would match any document.
     */
    private static final Pattern SYNTAX = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E]*\"");

    /**
     * The tag of an answer.
     *
     * @param values of its header {@code ETag}
     * @return empty if the tag is absent, repeated, malformed or too long
     */
    static Optional<EntityTag> of(List<String> values) {
        return values.size() == 1 && isValid(values.get(0))
                ? Optional.of(new EntityTag(values.get(0)))
                : Optional.empty();
    }

    private static boolean isValid(String value) {
        return value.length() <= MAX_LENGTH && SYNTAX.matcher(value).matches();
    }
}

package dev.stacked.runtime.reconcile.http;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the upstream calls one state of a document, weak or strong, sent back as it came.
 *
 * @param value such as {@code "v1"} or {@code W/"v1"}, with the quotes
 */
record EntityTag(String value) {
    /** Tags are hashes or versions; what is longer is not worth being kept and sent with every poll. */
    static final int MAX_LENGTH = 256;

    /**
     * As RFC 9110 has it, but for the bytes beyond ASCII, which the JDK's client would not send as they came. Without
     * quotes, {@code *} would match whatever the upstream has.
     */
    private static final Pattern SYNTAX = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E]*\"");

    /** The tag of an answer; none if it has none, several, or one that is malformed or too long. */
    static Optional<EntityTag> of(HttpHeaders headers) {
        List<String> values = headers.allValues("ETag");
        return values.size() == 1 && isValid(values.get(0))
                ? Optional.of(new EntityTag(values.get(0)))
                : Optional.empty();
    }

    private static boolean isValid(String value) {
        return value.length() <= MAX_LENGTH && SYNTAX.matcher(value).matches();
    }
}

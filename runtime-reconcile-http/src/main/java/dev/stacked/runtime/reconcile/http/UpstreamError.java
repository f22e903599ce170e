package dev.stacked.runtime.reconcile.http;

import java.util.Locale;

/**
 * The body of an answer that is no success, {@code {"error":{"code","message"}}}.
 *
 * @param code such as {@code invalid-input}
 * @param message one sentence for people
 */
record UpstreamError(String code, String message) {
    /**
     * Whether this is how the upstream says that it does not know a stack. The code alone does not tell: a missing
     * configuration file has the same one.
     */
    boolean isStackNotFound() {
        String said = message.strip().toLowerCase(Locale.ROOT);
        return code.equals("not-found") && (said.equals("stack not found.") || said.equals("stack not found"));
    }

    /** As it stands in a message of ours. */
    String summary() {
        return Excerpt.of(code + ": " + message);
    }
}

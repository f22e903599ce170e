package dev.stacked.runtime.reconcile.http;

import java.util.Locale;

/**
 * The body of an error response, {@code {"error":{"code","message"}}}.
 *
 * @param code such as {@code invalid-input}
 * @param message one sentence for people
 */
record UpstreamError(String code, String message) {
    /**
     * Whether the upstream does not know the stack. The code alone is ambiguous: a missing configuration file has the
     * same one.
     */
    boolean isStackNotFound() {
        return isNotFound("stack not found");
    }

    /** Whether the upstream does not know the stage, or the stack that it was asked for. */
    boolean isStageNotFound() {
        return isNotFound("stage not found") || isStackNotFound();
    }

    private boolean isNotFound(String sentence) {
        String said = message.strip().toLowerCase(Locale.ROOT);
        return code.equals("not-found") && (said.equals(sentence) || said.equals(sentence + "."));
    }

    /** Code and message as the upstream wrote them. */
    String summary() {
        return code + ": " + message;
    }
}

package dev.stacked.runtime.access.jwt;

import java.util.concurrent.CompletionStage;

/** What came out of looking at a token. */
sealed interface Verdict {
    /** It is what it claims to be. */
    record Valid(Grant grant) implements Verdict {}

    /**
     * It is not, or not any more.
     *
     * @param message tells the client; nothing of the token is in it
     */
    record Invalid(String message) implements Verdict {}

    /**
     * It depends on keys that are being fetched.
     *
     * @param fetched completes when the fetch has ended, whether it brought keys or not
     */
    record Pending(CompletionStage<Void> fetched) implements Verdict {}
}

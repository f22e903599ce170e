package dev.stacked.runtime.access.jwt;

import java.util.concurrent.CompletionStage;

/** The result of verifying a token. */
sealed interface Verdict {
    /** The token is valid. */
    record Valid(Grant grant) implements Verdict {}

    /**
     * The token is not or no longer valid.
     *
     * @param message one sentence for the client, without any part of the token
     */
    record Invalid(String message) implements Verdict {}

    /**
     * The result depends on keys that are being fetched.
     *
     * @param fetched completes when the fetch has ended, whether it brought keys or not
     */
    record Pending(CompletionStage<Void> fetched) implements Verdict {}
}

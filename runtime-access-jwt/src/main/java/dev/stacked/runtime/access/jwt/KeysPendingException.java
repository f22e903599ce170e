package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.concurrent.CompletionStage;

/** Whether a token is valid depends on keys that are being fetched. */
final class KeysPendingException extends KeySourceException {
    private static final long serialVersionUID = 1L;

    /** Says that the token has waited for a fetch: it waits for no other one. */
    static final SecurityContext AFTER = new SecurityContext() {};

    private final transient CompletionStage<Void> fetched;

    KeysPendingException(CompletionStage<Void> fetched) {
        super("The keys of the issuer are being fetched");
        this.fetched = fetched;
    }

    /** Completes when the fetch has ended, whether it brought keys or not. */
    CompletionStage<Void> fetched() {
        return fetched;
    }
}

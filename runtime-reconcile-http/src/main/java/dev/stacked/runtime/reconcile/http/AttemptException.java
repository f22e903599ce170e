package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failed attempt: the message, whether a retry can help, and what it shows about the upstream. */
final class AttemptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The evidence that a failed attempt gives about the upstream as a whole. */
    enum Evidence {
        /** It answered, even if with an error. */
        UP,
        /** It, or the connection to it, does not work. */
        DOWN,
        /** Nothing: one stage was slow, or the attempt had too little time. */
        NONE
    }

    /** Whether the same request may succeed when it is sent again. */
    enum Remedy {
        RETRY,
        NONE
    }

    private final ErrorCode code;
    private final Evidence evidence;
    private final Remedy remedy;
    private final Duration retryAfter;
    private final @Nullable String reason;

    /**
     * @param message one sentence for people, as {@link ReconcileException} wants it
     * @param retryAfter how long the upstream asked not to be called again; zero if it did not ask
     */
    AttemptException(
            ErrorCode code,
            String message,
            Evidence evidence,
            Remedy remedy,
            Duration retryAfter,
            @Nullable Throwable cause) {
        this(code, message, evidence, remedy, retryAfter, cause, null);
    }

    private AttemptException(
            ErrorCode code,
            String message,
            Evidence evidence,
            Remedy remedy,
            Duration retryAfter,
            @Nullable Throwable cause,
            @Nullable String reason) {
        super(message, cause);
        this.code = code;
        this.evidence = evidence;
        this.remedy = remedy;
        this.retryAfter = retryAfter;
        this.reason = reason;
    }

    /** The same with a reason for operators, as {@link ReconcileException#withReason} wants it. */
    AttemptException withReason(String words) {
        return new AttemptException(
                code, String.valueOf(getMessage()), evidence, remedy, retryAfter, getCause(), words);
    }

    ErrorCode code() {
        return code;
    }

    Evidence evidence() {
        return evidence;
    }

    boolean isRetryable() {
        return remedy == Remedy.RETRY;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** The same for the caller. */
    ReconcileException toReconcileException() {
        ReconcileException failure = new ReconcileException(code, String.valueOf(getMessage()), retryAfter, getCause());
        return reason == null ? failure : failure.withReason(reason);
    }
}

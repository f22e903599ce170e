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
        /** It may succeed the second time, but not later. */
        RETRY_ONCE,
        NONE
    }

    private final ErrorCode code;
    private final Evidence evidence;
    private final Remedy remedy;
    private final Duration retryAfter;
    private final @Nullable String reason;
    private final String detail;

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
        this(code, message, evidence, remedy, retryAfter, cause, null, "");
    }

    private AttemptException(
            ErrorCode code,
            String message,
            Evidence evidence,
            Remedy remedy,
            Duration retryAfter,
            @Nullable Throwable cause,
            @Nullable String reason,
            String detail) {
        super(message, cause, false, false); // a value: where it was made says nothing
        this.code = code;
        this.evidence = evidence;
        this.remedy = remedy;
        this.retryAfter = retryAfter;
        this.reason = reason;
        this.detail = detail;
    }

    /** The same with a reason for operators, as {@link ReconcileException#withReason} wants it. */
    AttemptException withReason(String words) {
        return new AttemptException(
                code, String.valueOf(getMessage()), evidence, remedy, retryAfter, getCause(), words, detail);
    }

    /** The same with words of the upstream, cleaned for one line of the log. */
    AttemptException withDetail(String words) {
        return new AttemptException(
                code, String.valueOf(getMessage()), evidence, remedy, retryAfter, getCause(), reason, words);
    }

    ErrorCode code() {
        return code;
    }

    Evidence evidence() {
        return evidence;
    }

    /** @param attempts number of attempts so far */
    boolean isRetryableAfter(int attempts) {
        return remedy == Remedy.RETRY || (remedy == Remedy.RETRY_ONCE && attempts == 1);
    }

    /** Words of the upstream for the log; empty if there are none. */
    String detail() {
        return detail;
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

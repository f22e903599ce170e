package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failed call to the upstream, with the code and message that clients receive. */
public final class ReconcileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An upstream's word must not keep a stack dark for longer. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    private final ErrorCode code;
    private final Duration retryAfter;

    /**
     * A failure without more to say than its kind and a sentence.
     *
     * @param code what kind of failure it is
     * @param message one sentence for people; reaches clients, so it must not hold secrets
     */
    public ReconcileException(ErrorCode code, String message) {
        this(code, message, Duration.ZERO, null);
    }

    /**
     * A failure with all that is known of it.
     *
     * @param code what kind of failure it is
     * @param message one sentence for people; reaches clients, so it must not hold secrets
     * @param retryAfter how long the upstream asked not to be called for this again; zero if it did not ask. Of a
     *     longer time a minute counts
     * @param cause for logs only
     */
    public ReconcileException(ErrorCode code, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = clamped(retryAfter);
    }

    private static Duration clamped(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }

    /** The same failure under another code. */
    ReconcileException withCode(ErrorCode other) {
        return new ReconcileException(other, message(), retryAfter, this);
    }

    /** What kind of failure it is. */
    public ErrorCode code() {
        return code;
    }

    /** How long the upstream asked not to be called for this again; zero if it did not ask. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** One sentence for people. */
    public String message() {
        return Objects.requireNonNullElse(getMessage(), code.wireName());
    }
}

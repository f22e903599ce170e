package dev.stacked.runtime.transport.undertow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that gets no stream, with the answer that it gets instead. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable RefusalReason reason;
    private final transient ErrorResponse response;

    /**
     * A refusal of a request that nobody could serve, such as one for a stack that does not exist.
     *
     * @param response what the client is told
     */
    public RefusedException(ErrorResponse response) {
        this(null, response);
    }

    /**
     * A refusal that is counted.
     *
     * @param reason what it counts as; null if it does not
     * @param response what the client is told
     */
    public RefusedException(@Nullable RefusalReason reason, ErrorResponse response) {
        super(response.message(), null, false, false);
        this.reason = reason;
        this.response = response;
    }

    /** What it counts as; empty for a request that nobody could serve. */
    public Optional<RefusalReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** What the client is told. */
    public ErrorResponse response() {
        return response;
    }
}

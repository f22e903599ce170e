package dev.stacked.runtime.transport.undertow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that gets no stream, with the answer that it gets instead. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable RefusalReason reason;
    private final transient ErrorResponse response;

    /**
     * A refusal of a request that cannot be served at all, such as one for a stack that does not exist.
     *
     * @param response the answer to the client
     */
    public RefusedException(ErrorResponse response) {
        this(null, response);
    }

    /**
     * A refusal that is counted.
     *
     * @param reason the reason to count it by; null if it is not counted
     * @param response the answer to the client
     */
    public RefusedException(@Nullable RefusalReason reason, ErrorResponse response) {
        super(response.message(), null, false, false);
        this.reason = reason;
        this.response = response;
    }

    /** The reason to count it by; empty for a request that cannot be served at all. */
    public Optional<RefusalReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** The answer to the client. */
    public ErrorResponse response() {
        return response;
    }
}

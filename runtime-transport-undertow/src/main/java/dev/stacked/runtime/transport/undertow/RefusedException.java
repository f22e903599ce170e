package dev.stacked.runtime.transport.undertow;

/**
 * A request that cannot be served at all, such as one for a stack that does not exist, with its answer. It is not
 * counted, unlike a {@link dev.stacked.runtime.access.NotAdmittedException}.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorResponse response;

    /**
     * A refusal.
     *
     * @param response the answer to the client
     */
    public RefusedException(ErrorResponse response) {
        super(response.message(), null, false, false);
        this.response = response;
    }

    /** The answer to the client. */
    public ErrorResponse response() {
        return response;
    }
}

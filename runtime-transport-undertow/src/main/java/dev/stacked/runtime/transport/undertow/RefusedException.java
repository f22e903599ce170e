package dev.stacked.runtime.transport.undertow;

/** A request that gets no stream, with the answer that it gets instead. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorResponse response;

    /**
     * A refusal.
     *
     * @param response what the client is told
     */
    public RefusedException(ErrorResponse response) {
        super(response.message(), null, false, false);
        this.response = response;
    }

    /** What the client is told. */
    public ErrorResponse response() {
        return response;
    }
}

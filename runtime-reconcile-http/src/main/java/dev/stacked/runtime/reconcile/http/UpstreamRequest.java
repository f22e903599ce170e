package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackId;
import java.util.function.Function;

/** The request of one call. Immutable. */
final class UpstreamRequest<T> {
    private final RequestHead head;
    private final StackId stack;
    private final Endpoint<T> endpoint;
    private final byte[] earlier;
    private final Function<Answer, T> reading;

    /**
     * @param head sent by each attempt
     * @param stack the stack that it is about
     * @param endpoint interprets failures
     * @param earlier the body that an answer is compared with; empty if absent
     * @param reading interprets a complete answer; throws an {@link AttemptException} if it is not a success
     */
    UpstreamRequest(
            RequestHead head, StackId stack, Endpoint<T> endpoint, byte[] earlier, Function<Answer, T> reading) {
        this.head = head;
        this.stack = stack;
        this.endpoint = endpoint;
        this.earlier = earlier;
        this.reading = reading;
    }

    RequestHead head() {
        return head;
    }

    StackId stack() {
        return stack;
    }

    Endpoint<T> endpoint() {
        return endpoint;
    }

    /** Must not be modified. */
    byte[] earlier() {
        return earlier;
    }

    /** @throws AttemptException if the answer is not a success */
    T read(Answer answer) {
        return reading.apply(answer);
    }

    /** Method and path, without the host. */
    @Override
    public String toString() {
        return head.toString();
    }
}

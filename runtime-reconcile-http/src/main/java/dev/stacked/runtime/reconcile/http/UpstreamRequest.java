package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackId;
import java.util.function.Function;

/**
 * The request of one call.
 *
 * @param head sent by each attempt
 * @param stack the stack that it is about
 * @param endpoint interprets failures
 * @param earlier the body that an answer is compared with; empty if there is none
 * @param reading interprets a complete answer; throws an {@link AttemptException} if it is not a success
 */
record UpstreamRequest<T>(
        RequestHead head, StackId stack, Endpoint<T> endpoint, byte[] earlier, Function<Answer, T> reading) {
    /** Method and path, without the host. */
    @Override
    public String toString() {
        return head.toString();
    }
}

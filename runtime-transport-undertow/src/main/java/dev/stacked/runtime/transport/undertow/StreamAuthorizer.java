package dev.stacked.runtime.transport.undertow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Says who may read or refresh a stack. Every request is put to it before anything is registered, and every open stream
 * again at each of its heartbeats, after half a minute at the latest. Thread-safe.
 */
@FunctionalInterface
public interface StreamAuthorizer {
    /** Allows everything. Its streams are not watched, at no cost. */
    StreamAuthorizer OPEN = new StreamAuthorizer() {
        private final CompletionStage<Access> yes = CompletableFuture.completedStage(Access.anybody());

        @Override
        public CompletionStage<Access> authorize(AccessRequest request) {
            return yes;
        }
    };

    /**
     * Answers one request. Called on an I/O thread, so it must not block.
     *
     * <p>Failing, throwing and not answering within five seconds are all the same: a new request is refused with 503,
     * and an open stream goes on, until its expiry if it has one.
     */
    CompletionStage<Access> authorize(AccessRequest request);

    /**
     * Whether the request has credentials that were valid recently, so that {@link #authorize} costs next to nothing.
     * Such a request is authorized even while its address sends too many invalid credentials. Called on an I/O thread,
     * so it must not block. By default nothing is remembered.
     */
    default boolean remembers(AccessRequest request) {
        return false;
    }
}

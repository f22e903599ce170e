package dev.stacked.runtime.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides who may read or refresh a stack. It is called for every request before anything is registered, and, if it
 * {@linkplain #mayRevoke() may revoke} access, again at each heartbeat of an open stream, after half a minute at the
 * latest. Thread-safe.
 */
@FunctionalInterface
public interface StreamAuthorizer {
    /** Allows everything, for as long as a stream lives. */
    StreamAuthorizer OPEN = new StreamAuthorizer() {
        private final CompletionStage<Access> yes = CompletableFuture.completedStage(Access.anybody());

        @Override
        public CompletionStage<Access> authorize(AccessRequest request) {
            return yes;
        }

        @Override
        public boolean mayRevoke() {
            return false;
        }
    };

    /**
     * Decides about one request. Called on an I/O thread, so it must not block.
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

    /**
     * Whether access that was allowed may be refused later. If not, access without an expiry lasts as long as its
     * stream, which then needs no timer. True by default.
     */
    default boolean mayRevoke() {
        return true;
    }
}

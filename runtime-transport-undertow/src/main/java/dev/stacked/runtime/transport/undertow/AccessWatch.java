package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import org.jspecify.annotations.Nullable;

/** Whether the client of an open stream may go on reading. Confined to the stream's I/O thread. */
interface AccessWatch {
    /** Never revokes access; used when no authorizer is configured. */
    AccessWatch NONE = new AccessWatch() {
        @Override
        public void start(Runnable revoked) {}

        @Override
        public boolean permits(@Nullable EncodedEvent next) {
            return true;
        }

        @Override
        public void stop() {}
    };

    /**
     * Begins to watch, when the stream opens.
     *
     * @param revoked is called when {@link #permits} has begun to answer no; perhaps several times
     */
    void start(Runnable revoked);

    /**
     * Whether the stream may go on.
     *
     * @param next what it is about to send; null if nothing
     */
    boolean permits(@Nullable EncodedEvent next);

    /** The stream is over. Idempotent. */
    void stop();
}

package dev.stacked.runtime.access;

import dev.stacked.runtime.core.EncodedEvent;
import org.jspecify.annotations.Nullable;

/** Whether the client of an open stream may go on reading. Confined to the stream's thread. */
public interface AccessWatch {
    /** Never revokes access; used where access cannot end. */
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
     * @param revoked is called once {@link #permits} returns false; perhaps several times
     */
    void start(Runnable revoked);

    /**
     * Whether the stream may go on.
     *
     * @param next the event that it is about to send; null if absent
     */
    boolean permits(@Nullable EncodedEvent next);

    /** The stream is over. Idempotent. */
    void stop();
}

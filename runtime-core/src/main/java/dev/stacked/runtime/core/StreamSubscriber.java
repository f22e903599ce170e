package dev.stacked.runtime.core;

import java.util.concurrent.Flow;

/**
 * A subscriber that is also notified when its stream opens, so that it can choose between a refusal and a stream.
 *
 * <p>The signals of one subscription come one after the other, on the stack's event loop, and must not block. A stack that
 * does not exist is reported by {@link #onError} with a {@link StackNotFoundException}: without {@link #onOpen} before
 * it, the stream never opened. {@link #onComplete} means that the server is shutting down.
 */
public interface StreamSubscriber extends Flow.Subscriber<EncodedEvent> {
    /** The stack exists, or its upstream has not answered in time; events follow. Needs no demand. */
    void onOpen();
}

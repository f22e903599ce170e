package dev.stacked.runtime.core;

import java.util.concurrent.Flow;

/**
 * A subscriber that also wants to know when its stream opens: what a transport needs to choose between a refusal and
 * a stream.
 *
 * <p>The signals of one subscription come one after the other, on the stack's event loop; none may block. A stack that
 * does not exist is told by {@link #onError} with a {@link StackNotFoundException}: without {@link #onOpen} before it,
 * it never opened. {@link #onComplete} means that the server is shutting down.
 */
public interface StreamSubscriber extends Flow.Subscriber<EncodedEvent> {
    /** The stack is there, or its upstream is too slow to say; events follow. Needs no demand. */
    void onOpen();
}

package dev.stacked.runtime.core;

import java.time.Duration;

/**
 * How the stacks of an event loop call the upstream: through one reconciler, at a limited rate, and not during the
 * pauses that it asked for. Confined to the event loop.
 *
 * @param callBudget how long one call may take
 * @param rate shared by all event loops
 * @param pauses of this event loop
 */
record UpstreamCalls(Reconciler reconciler, Duration callBudget, UpstreamRate rate, UpstreamPauses pauses) {
    /**
     * A poll that has not begun.
     *
     * @param poll its id
     */
    Poll newPoll(StackId stack, String poll, EventLoop loop, Poll.Listener listener) {
        CallContext first = CallContext.begin(poll, callBudget, loop::nanoTime, rate);
        return new Poll(stack, reconciler, this::awaitTurn, first::next, loop, listener);
    }

    /** Makes a call when its turn has come, unless the reconciler takes turns itself. */
    private CallTurn awaitTurn(EventLoop loop, Runnable call) {
        if (reconciler.takesTurns()) {
            call.run();
            return CallTurn.TAKEN;
        }
        return rate.await(loop::executeAfter, call);
    }
}

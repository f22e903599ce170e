package dev.stacked.runtime.core;

import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's link to its stack: counts its demand and hands it events from its {@link Outbox}.
 *
 * <p>{@link #request} and {@link #cancel} may be called from any thread and never block; all else is confined to the
 * stack's event loop. Demand that arrives before there is anything to tell costs no task on the loop.
 */
final class StackSubscription implements Flow.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(StackSubscription.class);

    private final Flow.Subscriber<? super EncodedEvent> subscriber;
    private final Optional<EventId> lastEventId;
    private final EventLoop loop;
    private final AtomicLong demand = new AtomicLong();
    /** Set by the loop when it has something to tell and no demand; whoever then brings demand wakes the loop. */
    private volatile boolean starved;

    private volatile boolean cancelled;

    private @Nullable StackPoller poller;
    private @Nullable Outbox outbox;
    private @Nullable Ending ending;
    private int index = -1;

    /** How a stream ends: with a failure, or because the server is shutting down. */
    private record Ending(@Nullable Throwable failure) {}

    StackSubscription(Flow.Subscriber<? super EncodedEvent> subscriber, Optional<EventId> lastEventId, EventLoop loop) {
        this.subscriber = subscriber;
        this.lastEventId = lastEventId;
        this.loop = loop;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            loop.execute(() -> end(new Ending(new IllegalArgumentException("Demand must be positive, not " + n))));
            return;
        }
        demand.getAndAccumulate(n, StackSubscription::addCapped);
        if (starved) {
            loop.execute(this::drain);
        }
    }

    private static long addCapped(long left, long right) {
        long sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public void cancel() {
        cancelled = true;
        loop.execute(this::leave);
    }

    private void leave() {
        StackPoller joined = poller;
        poller = null;
        outbox = null;
        if (joined != null) {
            joined.leave(this);
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    Optional<EventId> lastEventId() {
        return lastEventId;
    }

    /** Where the poller keeps this subscription in its list; -1 if it does not. */
    int index() {
        return index;
    }

    void setIndex(int index) {
        this.index = index;
    }

    void joined(StackPoller stackPoller) {
        poller = stackPoller;
    }

    boolean isOpen() {
        return outbox != null;
    }

    /** The stream begins. */
    void open(Outbox box) {
        outbox = box;
        if (subscriber instanceof StreamSubscriber opening) {
            guarded(opening::onOpen);
        }
    }

    void offerFailure(EncodedEvent event) {
        if (outbox != null) {
            outbox.offerFailure(event);
        }
    }

    void offerHeartbeat(EncodedEvent event) {
        if (outbox != null) {
            outbox.offerHeartbeat(event);
        }
    }

    /** Hands out events while there are both events and demand, then the end if it is due. */
    void drain() {
        Outbox box = outbox;
        if (box == null) {
            return;
        }
        starved = false;
        while (!cancelled && box.hasNext()) {
            if (demand.get() == 0) {
                starved = true;
                if (demand.get() == 0) {
                    return;
                }
                starved = false;
            }
            Optional<EncodedEvent> next = box.next();
            if (next.isPresent()) {
                demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
                guarded(() -> subscriber.onNext(next.get()));
            }
        }
        if (ending != null) {
            end(ending);
        }
    }

    /** Ends the stream after what is still to be told; at once if it never opened. */
    void finish() {
        endAfterRest(new Ending(null));
    }

    /** Ends the stream with a failure after what is still to be told; at once if it never opened. */
    void fail(Throwable failure) {
        endAfterRest(new Ending(failure));
    }

    private void endAfterRest(Ending how) {
        ending = how;
        if (outbox == null) {
            end(how);
        } else {
            drain();
        }
    }

    private void end(Ending how) {
        if (cancelled) {
            return;
        }
        cancelled = true;
        leave();
        if (how.failure() == null) {
            guarded(subscriber::onComplete);
        } else {
            guarded(() -> subscriber.onError(how.failure()));
        }
    }

    /** A subscriber that throws, which it must not, is dropped; nobody else is disturbed. */
    private void guarded(Runnable signal) {
        try {
            signal.run();
        } catch (RuntimeException e) {
            LOG.warn("A subscriber threw and is dropped", e);
            cancel();
        }
    }
}

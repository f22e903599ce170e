package dev.stacked.runtime.core;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link StackReader} on the stack's event loop as a Reactive Streams subscription.
 *
 * <p>{@link #request} and {@link #cancel} may be called from any thread and never block; the rest is confined to the
 * event loop.
 */
final class StackSubscription implements Flow.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(StackSubscription.class);

    private final StackId stack;
    private final Flow.Subscriber<? super EncodedEvent> subscriber;
    private final EventLoop loop;
    private final Demand demand = new Demand();
    private volatile boolean started;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable IllegalArgumentException invalidDemand;
    private @Nullable StackReader reader;
    private boolean opened;

    StackSubscription(StackId stack, Flow.Subscriber<? super EncodedEvent> subscriber, EventLoop loop) {
        this.stack = stack;
        this.subscriber = subscriber;
        this.loop = loop;
    }

    /** Creates the reader whose events are passed on. */
    StackReader newReader(Optional<EventId> lastEventId, PollerShard shard) {
        StackReader created = shard.newReader(lastEventId, loop, this::drain);
        reader = created;
        return created;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            invalidDemand = new IllegalArgumentException("Demand must be positive, not " + n);
            drainSoon();
        } else if (demand.add(n)) {
            drainSoon();
        }
    }

    /** No signal may come before {@link Flow.Subscriber#onSubscribe} has returned. */
    private void drainSoon() {
        if (started) {
            loop.execute(this::drain);
        }
    }

    /** The subscriber has taken its subscription. */
    void start() {
        started = true;
        loop.execute(this::drain);
    }

    @Override
    public void cancel() {
        ended.set(true);
        closeReader();
    }

    private void closeReader() {
        if (reader != null) {
            reader.closeSoon();
        }
    }

    private void drain() {
        IllegalArgumentException invalid = invalidDemand;
        if (invalid != null) {
            fail(invalid);
            return;
        }
        StackReader source = Objects.requireNonNull(reader, "Subscribed without a reader.");
        if (!opened && source.isOpen() && !ended.get()) {
            opened = true;
            if (subscriber instanceof StreamSubscriber opening) {
                signal(opening::onOpen);
            }
        }
        while (!ended.get() && demand.isPositive()) {
            EncodedEvent event = source.poll();
            if (event == null) {
                break;
            }
            demand.take();
            signal(() -> subscriber.onNext(event));
        }
        StreamEnd end = source.end();
        if (end != null) {
            end(end);
        }
    }

    private void end(StreamEnd end) {
        switch (end) {
            case DRAINING -> complete();
            case STACK_GONE -> fail(new StackNotFoundException(stack));
            case NOT_ALLOWED, INTERNAL ->
                fail(new IllegalStateException("The stream of stack '" + stack + "' failed; the log says why."));
        }
    }

    /** The event loop was shut down before the reader joined its stack. May be called by any thread. */
    void dropped() {
        fail(new RegistryClosedException());
    }

    private void complete() {
        if (ended.compareAndSet(false, true)) {
            closeReader();
            signal(subscriber::onComplete);
        }
    }

    private void fail(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            closeReader();
            signal(() -> subscriber.onError(failure));
        }
    }

    /** A subscriber that throws, which violates the specification, is dropped; others are not affected. */
    private void signal(Runnable signal) {
        try {
            signal.run();
        } catch (RuntimeException e) {
            LOG.warn("A subscriber threw an exception, dropping it", e);
            cancel();
        }
    }
}

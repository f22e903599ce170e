package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who reads a stack, and how they are told. Confined to the stack's event loop. */
final class Audience {
    private final EventLog log;
    private final EventEncoder encoder;
    private final SnapshotSource snapshots;
    private final PollerMeters meters;
    private final Subscribers subscribers = new Subscribers();

    Audience(EventLog log, EventEncoder encoder, SnapshotSource snapshots, PollerMeters meters) {
        this.meters = meters;
        this.log = log;
        this.encoder = encoder;
        this.snapshots = snapshots;
    }

    int size() {
        return subscribers.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    void add(StackSubscription subscription) {
        change(() -> subscribers.add(subscription));
    }

    void remove(StackSubscription subscription) {
        change(() -> subscribers.remove(subscription));
    }

    private void change(Runnable joiningOrLeaving) {
        int before = size();
        joiningOrLeaving.run();
        meters.audienceChanged(before, size());
    }

    /** Opens the stream of one newcomer. */
    void open(StackSubscription subscription, Optional<StreamEvent> failure) {
        open(subscription, encoded(failure));
    }

    /** Opens the streams of all who wait. */
    void openAll(Optional<StreamEvent> failure) {
        EncodedEvent encoded = encoded(failure);
        subscribers.forEach(subscription -> open(subscription, encoded));
    }

    private void open(StackSubscription subscription, @Nullable EncodedEvent failure) {
        Outbox outbox = subscription
                .lastEventId()
                .map(last -> Outbox.resumed(log, snapshots, meters, last))
                .orElseGet(() -> Outbox.fresh(log, snapshots, meters));
        if (failure != null) {
            outbox.offerFailure(failure);
        }
        subscription.open(outbox);
    }

    /** Tells what becomes part of the history. */
    void tell(List<StreamEvent> events) {
        for (StreamEvent event : events) {
            meters.told(event);
            log.append(event);
            drain();
        }
    }

    /** Tells what is wrong. */
    void tellFailure(StreamEvent failure) {
        meters.told(failure);
        EncodedEvent event = encoder.encode(failure, null);
        subscribers.forEach(subscription -> {
            subscription.offerFailure(event);
            subscription.drain();
        });
    }

    void beat(StreamEvent heartbeat) {
        meters.told(heartbeat);
        EncodedEvent event = encoder.encode(heartbeat, null);
        subscribers.forEach(subscription -> {
            subscription.offerHeartbeat(event);
            subscription.drain();
        });
    }

    /** Hands out what is owed to those who have asked for it. */
    void drain() {
        subscribers.forEach(StackSubscription::drain);
    }

    /** Ends all streams. */
    void finish() {
        change(() -> subscribers.drainTo(StackSubscription::finish));
    }

    /** Ends each stream at its own moment. */
    void finish(EventLoop loop, Supplier<Duration> moments) {
        subscribers.forEach(subscription -> loop.executeAfter(subscription::finish, moments.get()));
    }

    /** Ends all streams with a failure, of which they are told in an event first. */
    void fail(StreamEvent last, Throwable failure) {
        meters.told(last);
        EncodedEvent event = encoder.encode(last, null);
        change(() -> subscribers.drainTo(subscription -> {
            subscription.offerFailure(event);
            subscription.fail(failure);
        }));
    }

    private @Nullable EncodedEvent encoded(Optional<StreamEvent> failure) {
        return failure.map(event -> encoder.encode(event, null)).orElse(null);
    }
}

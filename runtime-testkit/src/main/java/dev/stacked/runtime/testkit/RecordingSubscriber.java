package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that records all signals and requests as many events as the test wants. Fails on signals that Reactive
 * Streams forbids: an event that was not requested, or any signal after the end. Thread-safe.
 */
public final class RecordingSubscriber implements StreamSubscriber {
    private final Monitor monitor = new Monitor();
    private final long demandAtStart;
    private final List<EncodedEvent> events = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private long demand;
    private int taken;
    private int opened;
    private @Nullable Throwable error;
    private boolean completed;

    private RecordingSubscriber(long demandAtStart) {
        this.demandAtStart = demandAtStart;
    }

    /** A subscriber with unbounded demand. */
    public static RecordingSubscriber eager() {
        return new RecordingSubscriber(Long.MAX_VALUE);
    }

    /** A subscriber without demand until {@link #request}. */
    public static RecordingSubscriber stalled() {
        return new RecordingSubscriber(0);
    }

    /** Requests {@code n} more events. */
    public void request(long n) {
        monitor.update(() -> demand = demand + n < 0 ? Long.MAX_VALUE : demand + n);
        subscription().request(n);
    }

    /** Cancels the subscription. */
    public void cancel() {
        subscription().cancel();
    }

    private Flow.Subscription subscription() {
        return Optional.ofNullable(monitor.read(() -> subscription))
                .orElseThrow(() -> new IllegalStateException("Not subscribed yet."));
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        monitor.update(() -> subscription = given);
        if (demandAtStart > 0) {
            request(demandAtStart);
        }
    }

    @Override
    public void onOpen() {
        monitor.update(() -> {
            requireNotEnded();
            opened++;
        });
    }

    @Override
    public void onNext(EncodedEvent event) {
        monitor.update(() -> {
            requireNotEnded();
            if (demand == 0) {
                throw new AssertionError("An event arrived that was not requested: " + event);
            }
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            events.add(event);
        });
    }

    @Override
    public void onError(Throwable failure) {
        monitor.update(() -> {
            requireNotEnded();
            error = failure;
        });
    }

    @Override
    public void onComplete() {
        monitor.update(() -> {
            requireNotEnded();
            completed = true;
        });
    }

    private void requireNotEnded() {
        if (completed || error != null) {
            throw new AssertionError("A signal arrived after the end.");
        }
    }

    /** Whether the stream has opened; it may open only once. */
    public boolean isOpen() {
        return monitor.read(() -> {
            if (opened > 1) {
                throw new AssertionError("The stream opened " + opened + " times.");
            }
            return opened == 1;
        });
    }

    /** All events so far, in order. */
    public List<EncodedEvent> events() {
        return monitor.read(() -> List.copyOf(events));
    }

    /** The events since the last call, in order. */
    public List<EncodedEvent> takeEvents() {
        return monitor.read(() -> {
            List<EncodedEvent> fresh = List.copyOf(events.subList(taken, events.size()));
            taken = events.size();
            return fresh;
        });
    }

    /** The names of the events since the last call, in order; takes these events. */
    public List<String> takeNames() {
        return takeEvents().stream().map(EncodedEvent::name).toList();
    }

    /** The last event id, from which a client would resume. */
    public Optional<String> lastEventId() {
        return events().stream()
                .flatMap(event -> event.id().stream())
                .reduce((earlier, later) -> later)
                .map(Object::toString);
    }

    /** The error that ended the stream; empty if there is none. */
    public Optional<Throwable> error() {
        return monitor.read(() -> Optional.ofNullable(error));
    }

    /** Whether the stream has completed. */
    public boolean isCompleted() {
        return monitor.read(() -> completed);
    }

    /** Waits until this many events have arrived in total; returns false after {@code timeout}. */
    public boolean awaitEvents(int atLeast, Duration timeout) {
        return monitor.await(timeout, () -> events.size() >= atLeast);
    }

    /** Waits until the stream fails or completes; returns false after {@code timeout}. */
    public boolean awaitEnd(Duration timeout) {
        return monitor.await(timeout, () -> completed || error != null);
    }
}

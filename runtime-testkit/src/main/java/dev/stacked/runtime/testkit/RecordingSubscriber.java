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
 * A subscriber that writes down what it is told, and asks for as much as a test says. Thread-safe. It breaks on
 * signals that Reactive Streams forbids: an event that was not asked for, or anything after the end.
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

    /** A subscriber that takes whatever comes. */
    public static RecordingSubscriber eager() {
        return new RecordingSubscriber(Long.MAX_VALUE);
    }

    /** A subscriber that takes nothing until {@link #request}. */
    public static RecordingSubscriber stalled() {
        return new RecordingSubscriber(0);
    }

    /** Asks for {@code n} more events. */
    public void request(long n) {
        monitor.update(() -> demand = demand + n < 0 ? Long.MAX_VALUE : demand + n);
        subscription().request(n);
    }

    /** Leaves the stream. */
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
                throw new AssertionError("An event came that was not asked for: " + event);
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
            throw new AssertionError("A signal came after the end.");
        }
    }

    /** Whether the stream opened, which it may do once. */
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

    /** The events since the last time this was asked, in order. */
    public List<EncodedEvent> takeEvents() {
        return monitor.read(() -> {
            List<EncodedEvent> fresh = List.copyOf(events.subList(taken, events.size()));
            taken = events.size();
            return fresh;
        });
    }

    /** The names of the events since the last time events were taken, in order; takes them. */
    public List<String> takeNames() {
        return takeEvents().stream().map(EncodedEvent::name).toList();
    }

    /** The id of the last event that had one: what a client would resume from. */
    public Optional<String> lastEventId() {
        return events().stream()
                .flatMap(event -> event.id().stream())
                .reduce((earlier, later) -> later)
                .map(Object::toString);
    }

    /** What the stream failed with; empty if it did not. */
    public Optional<Throwable> error() {
        return monitor.read(() -> Optional.ofNullable(error));
    }

    /** Whether the stream came to its regular end. */
    public boolean isCompleted() {
        return monitor.read(() -> completed);
    }

    /** Waits for so many events in all; false if there are fewer when the {@code timeout} is over. */
    public boolean awaitEvents(int atLeast, Duration timeout) {
        return monitor.await(timeout, () -> events.size() >= atLeast);
    }

    /** Waits for the stream to fail or complete; false if it has not when the {@code timeout} is over. */
    public boolean awaitEnd(Duration timeout) {
        return monitor.await(timeout, () -> completed || error != null);
    }
}

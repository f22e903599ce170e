package dev.stacked.runtime.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber has still to be told. It queues nothing: it is a position in the stack's {@link EventLog}, so
 * that a reader as slow as one likes costs no memory. Confined to the stack's event loop.
 *
 * <p>A reader that has fallen behind skips what is superseded; one that has fallen behind the whole history gets a
 * snapshot and every review-ready that it missed. Ids rise on every path.
 */
final class Outbox {
    /** How the log is read from the present position. */
    private enum Mode {
        /** A snapshot is owed, and the review-readies after the position: for newcomers and for the hopelessly late. */
        BEHIND,
        /** A snapshot was told that covers all up to {@code until} but the review-readies. */
        REVIEWS,
        /** The client asked to resume: up to {@code until} every event is owed, superseded ones too. */
        REPLAY,
        /** What is not superseded is owed. */
        LIVE
    }

    private final EventLog log;
    private final SnapshotSource snapshots;
    private final PollerMeters meters;
    private Mode mode;

    /** All up to this number has been told, or needs not be told any more. */
    private long position;

    private long until;
    private long lastTold = -1;
    private @Nullable EncodedEvent failure;
    private @Nullable EncodedEvent heartbeat;

    private Outbox(EventLog log, SnapshotSource snapshots, PollerMeters meters, Mode mode, long position) {
        this.log = log;
        this.snapshots = snapshots;
        this.meters = meters;
        this.mode = mode;
        this.position = position;
        this.until = log.head();
    }

    /** For a subscriber that knows nothing. */
    static Outbox fresh(EventLog log, SnapshotSource snapshots, PollerMeters meters) {
        return new Outbox(log, snapshots, meters, Mode.BEHIND, log.head());
    }

    /** For a subscriber that was told all up to {@code last}; like a fresh one if that is from another history. */
    static Outbox resumed(EventLog log, SnapshotSource snapshots, PollerMeters meters, EventId last) {
        boolean known = last.epoch().equals(log.epoch()) && last.number() <= log.head();
        if (known && log.reaches(last.number())) {
            meters.resumed();
        } else {
            meters.restarted();
        }
        return known ? new Outbox(log, snapshots, meters, Mode.REPLAY, last.number()) : fresh(log, snapshots, meters);
    }

    /** Replaces the failure that was not told yet. */
    void offerFailure(EncodedEvent event) {
        failure = event;
    }

    /** Replaces the heartbeat that was not told yet. */
    void offerHeartbeat(EncodedEvent event) {
        heartbeat = event;
    }

    /** Whether {@link #next()} has something. */
    boolean hasNext() {
        return owesLogged() || failure != null || heartbeat != null;
    }

    private boolean owesLogged() {
        return mode == Mode.BEHIND ? log.head() > 0 : position < log.head();
    }

    /** Takes the next event to tell; empty if there is none at the moment. */
    Optional<EncodedEvent> next() {
        if (owesLogged()) {
            Optional<EncodedEvent> logged = nextLogged();
            if (logged.isPresent()) {
                return logged;
            }
        }
        Optional<EncodedEvent> unlogged = Optional.ofNullable(failure != null ? failure : heartbeat);
        if (failure != null) {
            failure = null;
        } else {
            heartbeat = null;
        }
        return unlogged;
    }

    private Optional<EncodedEvent> nextLogged() {
        if (mode == Mode.REVIEWS) {
            return nextReview();
        }
        if (mode == Mode.BEHIND || !log.reaches(position)) {
            return recover();
        }
        if (mode == Mode.REPLAY && position < until) {
            return log.after(position).map(event -> told(event, Mode.REPLAY));
        }
        Optional<EncodedEvent> next = log.currentAfter(position);
        return next.filter(this::isReviewThatNothingShows).isPresent()
                ? recover()
                : next.map(event -> told(event, Mode.LIVE));
    }

    /** Whether the event that shows the stage in review, directly before, was skipped because it is superseded. */
    private boolean isReviewThatNothingShows(EncodedEvent next) {
        return number(next) > position + 1
                && log.reviewReadyAfter(position)
                        .filter(review -> number(review) == number(next))
                        .isPresent();
    }

    /**
     * The snapshot goes before the review-readies that were missed, under an id just below the first of them, so that
     * ids rise. Where no such id is free, that review-ready goes first; if it is the newest event of all, then nothing
     * but review-readies was missed.
     */
    private Optional<EncodedEvent> recover() {
        Optional<EncodedEvent> review = log.reviewReadyAfter(position);
        long snapshotNumber = review.map(event -> number(event) - 1).orElse(log.head());
        if (review.isPresent() && snapshotNumber <= lastTold) {
            return review.map(event -> told(event, number(event) < log.head() ? Mode.BEHIND : Mode.LIVE));
        }
        until = log.head();
        return Optional.of(told(snapshots.snapshotAt(snapshotNumber), Mode.REVIEWS));
    }

    private Optional<EncodedEvent> nextReview() {
        Optional<EncodedEvent> review = log.reviewReadyAfter(position).filter(event -> number(event) <= until);
        if (review.isPresent()) {
            return review.map(event -> told(event, Mode.REVIEWS));
        }
        position = until;
        mode = Mode.LIVE;
        return position < log.head() ? nextLogged() : Optional.empty();
    }

    private EncodedEvent told(EncodedEvent event, Mode next) {
        if (mode == Mode.LIVE && number(event) > position + 1) {
            meters.conflated(number(event) - position - 1);
        }
        position = number(event);
        lastTold = position;
        mode = next;
        return event;
    }

    private static long number(EncodedEvent event) {
        return event.id().orElseThrow().number();
    }
}

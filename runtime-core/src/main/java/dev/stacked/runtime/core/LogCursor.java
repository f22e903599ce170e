package dev.stacked.runtime.core;

import org.jspecify.annotations.Nullable;

/**
 * One reader's position in a log. It has no queue, so a slow reader needs no additional memory. Confined to the
 * reader's thread.
 *
 * <p>A reader that has fallen behind skips superseded events; one that has fallen behind the whole history gets a
 * snapshot and the newest review-ready that it missed of each stage. Ids rise on every path. Errors and heartbeats are
 * versions in the {@link Head}: only the newest is due, after the events.
 */
final class LogCursor {
    /**
     * How the log is read from the current position.
     *
     * <pre>
     * fresh ──▶ BEHIND ──snapshot──▶ REVIEWS ──all sent──▶ LIVE
     * resumed ──▶ REPLAY ──all sent──▶ LIVE
     * REPLAY, LIVE ──history lost──▶ REVIEWS, or BEHIND while no id is free for the snapshot
     * </pre>
     */
    private enum Mode {
        /**
         * A snapshot is due, and the review-readies after the position: for new readers and for those too far behind.
         */
        BEHIND,
        /** A snapshot was sent that covers everything up to {@code until} except the review-readies. */
        REVIEWS,
        /** The client resumes: every event up to {@code until} is due, superseded ones too. */
        REPLAY,
        /** Every event that is not superseded is due. */
        LIVE
    }

    private final EventLog log;
    private final PollerMeters meters;
    private Mode mode;

    /** Everything up to this number has been sent, or need not be sent any more. */
    private long position;

    private long until;
    private long lastSent = -1;
    private boolean currentFailureDue = true;
    private long errorVersion;
    private long heartbeatVersion;

    private LogCursor(EventLog log, PollerMeters meters, Mode mode, long position, Head head) {
        this.log = log;
        this.meters = meters;
        this.mode = mode;
        this.position = position;
        this.until = head.number();
        this.errorVersion = head.errorVersion();
        this.heartbeatVersion = head.heartbeatVersion();
    }

    /** For a reader without any state, which is due the review-readies after {@code position}. */
    static LogCursor fresh(EventLog log, PollerMeters meters, Head head, long position) {
        return new LogCursor(log, meters, Mode.BEHIND, position, head);
    }

    /** For a reader that has everything up to {@code last}; like a fresh one if that id belongs to another history. */
    static LogCursor resumed(EventLog log, PollerMeters meters, Head head, long position, EventId last) {
        boolean known = last.epoch().equals(log.epoch()) && last.number() <= head.number();
        if (known && last.number() >= head.tail() - 1) {
            meters.resumed();
        } else {
            meters.restarted();
        }
        return known
                ? new LogCursor(log, meters, Mode.REPLAY, last.number(), head)
                : fresh(log, meters, head, position);
    }

    /** Whether an event is due. */
    boolean isDue() {
        return isDue(log.head());
    }

    /** Whether an event is due at this head. */
    boolean isDue(Head head) {
        return isLogDue(head) || isFailureDue(head) || isHeartbeatDue(head);
    }

    private boolean isLogDue(Head head) {
        if (mode == Mode.REVIEWS && nextReviewReady(head) == null) {
            position = until;
            mode = Mode.LIVE;
        }
        return mode == Mode.BEHIND ? head.number() > 0 : position < head.number();
    }

    private boolean isFailureDue(Head head) {
        return isErrorDue(head) || (currentFailureDue && head.current() != null);
    }

    private boolean isErrorDue(Head head) {
        return head.error() != null && head.errorVersion() > errorVersion;
    }

    private boolean isHeartbeatDue(Head head) {
        return head.heartbeatVersion() > heartbeatVersion;
    }

    /**
     * Takes the next event.
     *
     * @param room maximum size of its JSON in bytes
     * @return null if no event is due, or if the next one is larger
     */
    @Nullable
    EncodedEvent poll(int room) {
        Head head = log.head();
        if (isLogDue(head)) {
            return pollLog(head, room);
        }
        EncodedEvent event = isErrorDue(head) ? head.error() : currentFailureDue ? head.current() : null;
        if (event != null) {
            return event.size() > room ? null : sentFailure(event, head);
        }
        currentFailureDue = false; // from now on only new failures are due
        return isHeartbeatDue(head) ? pollHeartbeat(head, room) : null;
    }

    private EncodedEvent sentFailure(EncodedEvent event, Head head) {
        currentFailureDue = false;
        errorVersion = head.errorVersion();
        return event;
    }

    private @Nullable EncodedEvent pollHeartbeat(Head head, int room) {
        EncodedEvent event = head.heartbeat();
        if (event == null || event.size() > room) {
            return null;
        }
        heartbeatVersion = head.heartbeatVersion();
        return event;
    }

    private @Nullable EncodedEvent pollLog(Head head, int room) {
        if (mode == Mode.REVIEWS) {
            return send(nextReviewReady(head), Mode.REVIEWS, room);
        }
        if (mode == Mode.BEHIND) {
            return recover(head, room);
        }
        boolean replaying = mode == Mode.REPLAY && position < until;
        LogEntry next = replaying ? log.entry(position + 1) : nextCurrent(head);
        if (next == null || (!replaying && isReviewWithoutItsRuntime(next))) {
            return recover(head, room);
        }
        return send(next, replaying ? Mode.REPLAY : Mode.LIVE, room);
    }

    /** The next entry that is not superseded; null if an entry before it was dropped. */
    private @Nullable LogEntry nextCurrent(Head head) {
        for (long number = position + 1; ; number++) {
            LogEntry entry = log.entry(number);
            if (entry == null || !entry.isSupersededAt(head.number())) { // the newest is never superseded
                return entry;
            }
        }
    }

    /** Whether the event that shows the stage in review, directly before, was skipped because it is superseded. */
    private boolean isReviewWithoutItsRuntime(LogEntry next) {
        return next.isReviewReady() && next.number() > position + 1;
    }

    private @Nullable LogEntry nextReviewReady(Head head) {
        LogEntry review = head.reviewReadyAfter(position);
        return review == null || review.number() > until ? null : review;
    }

    /**
     * Sends a snapshot before the review-readies that were missed, under an id just below the first of them, so that
     * ids rise. If no such id is free, that review-ready is sent first; if it is also the newest event, only
     * review-readies were missed.
     */
    private @Nullable EncodedEvent recover(Head head, int room) {
        LogEntry review = head.reviewReadyAfter(position);
        long snapshotNumber = review == null ? head.number() : review.number() - 1;
        if (review != null && snapshotNumber <= lastSent) {
            return send(review, review.number() < head.number() ? Mode.BEHIND : Mode.LIVE, room);
        }
        EncodedEvent snapshot = head.snapshotAt(snapshotNumber);
        if (snapshot.size() > room) {
            return null;
        }
        until = head.number();
        return sent(snapshot, snapshotNumber, Mode.REVIEWS);
    }

    private @Nullable EncodedEvent send(@Nullable LogEntry entry, Mode next, int room) {
        if (entry == null || entry.event().size() > room) {
            return null;
        }
        return sent(entry.event(), entry.number(), next);
    }

    private EncodedEvent sent(EncodedEvent event, long number, Mode next) {
        if (mode == Mode.LIVE && number > position + 1) {
            meters.conflated(number - position - 1);
        }
        position = number;
        lastSent = number;
        mode = next;
        return event;
    }
}
